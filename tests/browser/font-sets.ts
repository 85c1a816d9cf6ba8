import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Font files, with their families for Latin and for Arabic text. */
export type FontSet = { readonly latin: string; readonly arabic: string; readonly files: readonly string[] };

const google = (name: string, file: string): readonly string[] =>
  ['400Regular', '700Bold'].map((face) => `@expo-google-fonts/${name}/${face}/${file}_${face}.ttf`);
const dejavu = (file: string): readonly string[] =>
  [file, `${file}-Bold`].map((face) => `dejavu-fonts-ttf/ttf/${face}.ttf`);

/**
 * The fonts of the tests, regular and bold, as paths in node_modules. `usual` is about as wide and as tall as the
 * fonts of phones. `wide` is the only font of a new Debian. `tall` has the tallest Arabic script in use, and serifs.
 */
export const FONT_SETS = {
  usual: {
    latin: 'Open Sans',
    arabic: 'Noto Sans Arabic',
    files: [...google('open-sans', 'OpenSans'), ...google('noto-sans-arabic', 'NotoSansArabic')],
  },
  wide: { latin: 'DejaVu Sans', arabic: 'DejaVu Sans', files: dejavu('DejaVuSans') },
  tall: {
    latin: 'DejaVu Serif',
    arabic: 'Noto Nastaliq Urdu',
    files: [...dejavu('DejaVuSerif'), ...google('noto-nastaliq-urdu', 'NotoNastaliqUrdu')],
  },
} as const satisfies { readonly [name: string]: FontSet };

export type FontSetName = keyof typeof FONT_SETS;

/** Whether tests choose the fonts: on Linux, by fontconfig. Elsewhere there is one set, the fonts of the machine. */
export const FONTS_ARE_CHOSEN = process.platform === 'linux';

export const FONT_SET_NAMES: readonly FontSetName[] = FONTS_ARE_CHOSEN
  ? ['usual', 'wide', 'tall']
  : ['usual'];

const MODULES = join(import.meta.dirname, '../../node_modules');

/**
 * Makes a folder with a set's fonts and a fontconfig file that lists only these. Gives the path of the file, for
 * FONTCONFIG_FILE: https://www.freedesktop.org/software/fontconfig/fontconfig-user.html. `dispose` removes the folder.
 */
export function installFontSet(name: FontSetName): { readonly file: string; dispose(): void } {
  const root = mkdtempSync(join(tmpdir(), 'nashra-fonts-'));
  const { latin, arabic, files } = FONT_SETS[name];
  mkdirSync(join(root, 'fonts'));
  for (const path of files) symlinkSync(join(MODULES, path), join(root, 'fonts', basename(path)));
  const file = join(root, 'fonts.conf');
  writeFileSync(file, configuration(root, [latin, arabic]));
  return { file, dispose: () => rmSync(root, { recursive: true, force: true }) };
}

// These families are the fallback of every family, also of generic ones.
const configuration = (root: string, families: readonly string[]): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${join(root, 'fonts')}</dir>
  <cachedir>${join(root, 'cache')}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append">
      ${families.map((family) => `<string>${family}</string>`).join('\n      ')}
    </edit>
  </match>
</fontconfig>
`;
