import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drawIcon, ICON_FOLDER, iconSvg, imagesOfIco, PICTURES } from './draw-icons.ts';
import { origin } from './the-site.ts';
import { visitor } from './visitor.ts';

/** The paths of the icons that a page links, in order. */
async function iconsOf(path: string): Promise<readonly string[]> {
  const html = await (await fetch(origin + path)).text();
  return [...html.matchAll(/<link rel="(?:apple-touch-)?icon" href="([^"]+)"/g)].map(([, href = '']) => href);
}

const get = (path: string) => fetch(origin + path, { redirect: 'manual' });

it.each(['/ar/', '/en/', '/en/news/3', '/ar/faq/', '/en/nowhere'])(
  '%s links the four icons',
  async (path) => {
    expect(await iconsOf(path)).toEqual([
      '/favicon.ico',
      expect.stringMatching(/^\/assets\/icon-[0-9a-f]{10}\.svg$/),
      expect.stringMatching(/^\/assets\/icon-180-[0-9a-f]{10}\.png$/),
      expect.stringMatching(/^\/assets\/icon-512-[0-9a-f]{10}\.png$/),
    ]);
  },
);

it('every icon is a static file of the right type, cached long, and causes no request to the Worker', async () => {
  const types = [/^image\/(x-|vnd\.microsoft\.)icon$/, /^image\/svg\+xml/, /^image\/png$/, /^image\/png$/];
  const icons = await iconsOf('/ar/');
  expect(icons).toHaveLength(types.length);
  for (const [i, path] of icons.entries()) {
    const response = await get(path);
    const { status, headers } = response;
    expect([path, status]).toEqual([path, 200]);
    expect(headers.get('Content-Type')).toMatch(types[i] ?? '');
    expect(headers.get('Cache-Control')).toBe(
      path === '/favicon.ico' ? 'public, max-age=86400' : 'public, max-age=31536000, immutable',
    );
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(headers.get('Nashra-Release')).toBeNull(); // every answer of the Worker from a release has it
    expect((await response.arrayBuffer()).byteLength).toBeLessThan(16_000);
  }
});

it('the ICO has images of 16 and 32 pixels, and each picture has the size in its name', async () => {
  const ico = imagesOfIco(new Uint8Array(await (await get('/favicon.ico')).arrayBuffer()));
  expect(ico.map(({ side }) => side)).toEqual([16, 32]);
  await using visit = await visitor();
  await visit.go('/ar/');
  // Loads them in the page, whose policy must allow its icons.
  const sides = await visit.page.evaluate(async () => {
    const links = document.querySelectorAll<HTMLLinkElement>('link[rel$="icon"]:not([href$=".svg"])');
    const images = [...links].map(({ href }) => Object.assign(new Image(), { src: href }));
    await Promise.all(images.map((image) => image.decode()));
    return images.map(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]);
  });
  expect(sides).toEqual([
    [32, 32],
    [180, 180],
    [512, 512],
  ]);
  expect(visit.complaints).toEqual([]);
});

it('every picture shows the current icon.svg', async () => {
  await using visit = await visitor();
  const { page } = visit;
  for (const { name, opaque } of PICTURES) {
    const file = readFileSync(join(ICON_FOLDER, name));
    const images = name.endsWith('.ico') ? imagesOfIco(file).map(({ png }) => png) : [file];
    for (const png of images) {
      const side = Buffer.from(png).readUInt32BE(16); // the width, in a PNG's first chunk
      const redrawn = await drawIcon(page, iconSvg(), side, opaque);
      const urls = [png, redrawn].map(
        (bytes) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`,
      );
      // Another Chromium may smooth edges differently, so the mean over all pixels is compared.
      const difference = await page.evaluate(async (sources) => {
        const pixels = await Promise.all(
          sources.map(async (src) => {
            const image = Object.assign(new Image(), { src });
            await image.decode();
            const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
            const context = canvas.getContext('2d');
            context?.drawImage(image, 0, 0);
            return context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
          }),
        );
        const [committed = [], drawn = []] = pixels;
        let sum = 0;
        for (const [i, value] of drawn.entries()) sum += Math.abs(value - (committed[i] ?? 0));
        return sum / drawn.length;
      }, urls);
      expect(difference, `${name}, ${side} px: run npm run icons`).toBeLessThan(1);
    }
  }
});

it('the names of the icons in another build redirect to the icons of this one', async () => {
  const [, ...hashed] = await iconsOf('/ar/');
  expect(hashed).toHaveLength(3);
  for (const path of hashed) {
    const older = path.replace(/[0-9a-f]{10}\./, '0123456789.');
    const response = await get(older);
    expect([response.status, response.headers.get('Location')]).toEqual([302, path]);
  }
});
