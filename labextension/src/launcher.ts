import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { Contents, KernelSpec } from '@jupyterlab/services';

import cells from './start.json';

const NAME = 'ML product';

/** A notebook to start with, as it is written to disk. */
export function startNotebook(kernel: KernelSpec.ISpecModel | null): unknown {
  return {
    cells: cells.map(({ cell_type, source }, at) => ({
      cell_type,
      id: `start-${at}`,
      metadata: {},
      source,
      ...(cell_type === 'code' ? { execution_count: null, outputs: [] } : {})
    })),
    metadata: kernel
      ? {
          kernelspec: {
            name: kernel.name,
            display_name: kernel.display_name,
            language: kernel.language
          }
        }
      : {},
    nbformat: 4,
    nbformat_minor: 5
  };
}

/** The Python kernel to start: the server's own choice if it is one, else the first there is. */
export function pythonKernel(
  models: KernelSpec.ISpecModels | null
): KernelSpec.ISpecModel | null {
  const specs = models?.kernelspecs ?? {};
  const own = specs[models?.default ?? ''];
  return (
    [own, ...Object.values(specs)].find(spec => spec?.language === 'python') ??
    null
  );
}

/**
 * Write the start notebook into a folder, under a name that is free.
 *
 * @returns its path.
 */
export async function createStart(
  manager: IDocumentManager,
  folder: string
): Promise<string> {
  const { contents, kernelspecs } = manager.services;
  await kernelspecs.ready;
  const made = await contents.newUntitled({ path: folder, type: 'notebook' });
  await contents.save(made.path, {
    type: 'notebook',
    format: 'json',
    content: startNotebook(pythonKernel(kernelspecs.specs))
  });
  return renamed(contents, made.path);
}

/** A new file under the first of our names that is free. */
async function renamed(
  contents: Contents.IManager,
  path: string
): Promise<string> {
  const folder = path.replace(/[^/]*$/, '');
  const listed = await contents.get(folder, { content: true });
  const taken = new Set(
    listed.content.map((each: Contents.IModel) => each.name)
  );
  for (let number = 1; ; number++) {
    const name = `${NAME}${number === 1 ? '' : ` ${number}`}.ipynb`;
    if (!taken.has(name)) {
      // the server refuses, should somebody have taken it since
      return (await contents.rename(path, folder + name)).path;
    }
  }
}
