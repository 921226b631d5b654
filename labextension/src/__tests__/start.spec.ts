import type { IDocumentManager } from '@jupyterlab/docmanager';

import { createStart, pythonKernel } from '../launcher';
import { fileName, svgOf } from '../pictures';

// browsers have these; jsdom does not
const { TextDecoder, TextEncoder } = jest.requireActual('util');
Object.assign(globalThis, { TextDecoder, TextEncoder });

const PYTHON = { name: 'py', display_name: 'Py', language: 'python' };
const R = { name: 'ir', display_name: 'R', language: 'R' };

/** A folder that refuses names that are taken, as the server does. */
function folder(taken: string[]): { manager: IDocumentManager; files: object } {
  const files: Record<string, unknown> = Object.fromEntries(
    taken.map(name => [name, 'theirs'])
  );
  const contents = {
    newUntitled: async ({ path }: { path: string }) => {
      files[`${path}/Untitled.ipynb`] = '';
      return { path: `${path}/Untitled.ipynb` };
    },
    save: async (path: string, { content }: { content: unknown }) => {
      files[path] = content;
    },
    get: async () => ({
      content: Object.keys(files).map(path => ({ name: path.slice(2) }))
    }),
    rename: async (from: string, to: string) => {
      if (to in files) {
        throw new Error('409');
      }
      files[to] = files[from];
      delete files[from];
      return { path: to };
    }
  };
  const kernelspecs = {
    ready: Promise.resolve(),
    specs: { default: 'ir', kernelspecs: { ir: R, py: PYTHON } }
  };
  const manager = { services: { contents, kernelspecs } };
  return { manager: manager as unknown as IDocumentManager, files };
}

describe('the start notebook', () => {
  it('takes a name that is free and overwrites nothing', async () => {
    const taken = ['a/ML product.ipynb', 'a/ML product 2.ipynb'];
    const { manager, files } = folder(taken);
    expect(await createStart(manager, 'a')).toBe('a/ML product 3.ipynb');
    expect(Object.keys(files)).toHaveLength(3);
    expect(files).toMatchObject({ [taken[0]]: 'theirs', [taken[1]]: 'theirs' });
    expect(files).toMatchObject({
      'a/ML product 3.ipynb': {
        nbformat: 4,
        metadata: { kernelspec: { name: 'py' } }
      }
    });
  });

  it('starts a Python kernel', () => {
    const specs = { ir: R, py: PYTHON } as never;
    expect(pythonKernel({ default: 'ir', kernelspecs: specs })?.name).toBe(
      'py'
    );
    expect(pythonKernel({ default: 'py', kernelspecs: specs })?.name).toBe(
      'py'
    );
    expect(pythonKernel(null)).toBeNull();
  });
});

describe('a picture', () => {
  const image = (src: string, alt: string): HTMLImageElement =>
    Object.assign(document.createElement('img'), { src, alt });

  it('gives its drawing back, umlauts included', () => {
    const bytes = new TextEncoder().encode('<svg>größer</svg>');
    const src = `data:image/svg+xml;base64,${btoa(String.fromCharCode(...bytes))}`;
    expect(svgOf(image(src, ''))).toBe('<svg>größer</svg>');
  });

  it('is called after its words', () => {
    expect(fileName(image('', '3 for, 1 against; <b>/..'))).toBe(
      '3_for_1_against_b'
    );
    expect(fileName(image('', ''))).toBe('picture');
  });
});
