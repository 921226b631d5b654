/** Pictures of a result, saved by the browser for a slide. */

export const PICTURE =
  '.jp-OutputArea-output img[src^="data:image/svg+xml;base64,"]';

const SHARP = 3; // pixels of the PNG per pixel of the drawing

/** The drawing in an image, as SVG text. */
export function svgOf(image: HTMLImageElement): string {
  const bytes = atob(image.src.replace(/^[^,]*,/, ''));
  return new TextDecoder().decode(
    Uint8Array.from(bytes, character => character.charCodeAt(0))
  );
}

/** A name for the file, from the words that stand for the picture. */
export function fileName(image: HTMLImageElement): string {
  const words = image.alt.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, 6).join('_').slice(0, 60) || 'picture';
}

/** The drawing on white, three times as fine as on the screen. */
export async function pngOf(image: HTMLImageElement): Promise<Blob> {
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * SHARP;
  canvas.height = image.naturalHeight * SHARP;
  const brush = canvas.getContext('2d')!;
  brush.fillStyle = 'white';
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      blob => (blob ? resolve(blob) : reject(new Error('no picture came out'))),
      'image/png'
    )
  );
}

/** Hand a file to the person, as a download. */
export function download(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
