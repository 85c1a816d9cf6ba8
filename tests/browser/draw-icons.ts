// Draws the pictures in client/icons for browsers that cannot show icon.svg. Run it with `npm run icons` after a
// change of icon.svg. The build only copies the pictures, so that it needs no browser.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startChromium, whichChromium } from './chromium.ts';

/** The folder of icon.svg and its pictures. */
export const ICON_FOLDER = join(import.meta.dirname, '../../client/icons');

/**
 * The pictures and the sides of their images, in pixels. An `opaque` picture has the plate's colour in its corners
 * too: iOS rounds the corners itself, and fills transparent parts with black.
 */
export const PICTURES = [
  { name: 'icon-180.png', sides: [180], opaque: true },
  { name: 'icon-512.png', sides: [512], opaque: false },
  { name: 'favicon.ico', sides: [16, 32], opaque: false },
] as const;

/** The source of all pictures. */
export const iconSvg = (): string => readFileSync(join(ICON_FOLDER, 'icon.svg'), 'utf8');

/** Draws the icon as a square PNG. `side` is in pixels. */
export async function drawIcon(page: Page, svg: string, side: number, opaque: boolean): Promise<Uint8Array> {
  const plate = /<rect [^>]*fill="([^"]+)"/.exec(svg)?.[1] ?? '';
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(
    `<!doctype html><style>html{background:${opaque ? plate : 'transparent'}}body{margin:0}svg{display:block;inline-size:${side}px}</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}

/** Joins PNGs into one ICO, which holds them unchanged: https://en.wikipedia.org/wiki/ICO_(file_format) */
export function toIco(images: readonly { readonly side: number; readonly png: Uint8Array }[]): Uint8Array {
  const HEAD = 6;
  const ENTRY = 16;
  const head = new DataView(new ArrayBuffer(HEAD + ENTRY * images.length));
  head.setUint16(2, 1, true); // icons, not cursors
  head.setUint16(4, images.length, true);
  let offset = head.byteLength;
  for (const [i, { side, png }] of images.entries()) {
    const entry = HEAD + ENTRY * i;
    head.setUint8(entry, side);
    head.setUint8(entry + 1, side);
    head.setUint16(entry + 4, 1, true); // colour planes
    head.setUint16(entry + 6, 32, true); // bits per pixel
    head.setUint32(entry + 8, png.length, true);
    head.setUint32(entry + 12, offset, true);
    offset += png.length;
  }
  return Buffer.concat([new Uint8Array(head.buffer), ...images.map(({ png }) => png)]);
}

/** The images of an ICO that `toIco` wrote. */
export function imagesOfIco(ico: Uint8Array): readonly { readonly side: number; readonly png: Uint8Array }[] {
  const view = new DataView(ico.buffer, ico.byteOffset, ico.byteLength);
  return Array.from({ length: view.getUint16(4, true) }, (_, i) => {
    const entry = 6 + 16 * i;
    const [length, offset] = [view.getUint32(entry + 8, true), view.getUint32(entry + 12, true)];
    return { side: view.getUint8(entry), png: ico.subarray(offset, offset + length) };
  });
}

// `npm run icons`
if (import.meta.main) {
  const browser = await startChromium(await whichChromium(), 'usual');
  const page = await (await chromium.connect(browser.endpoint)).newPage();
  const svg = iconSvg();
  for (const { name, sides, opaque } of PICTURES) {
    const images = [];
    for (const side of sides) images.push({ side, png: await drawIcon(page, svg, side, opaque) });
    const [image] = images;
    const file = name.endsWith('.ico') ? toIco(images) : image?.png;
    if (file) writeFileSync(join(ICON_FOLDER, name), file);
    console.log(`${name}\t${file?.length} bytes`);
  }
  await browser.close();
}
