import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Font files and the families in them that Latin and Arabic text is shown in. */
export type FontSet = { readonly latin: string; readonly arabic: string; readonly files: readonly string[] };

const google = (name: string, file: string): readonly string[] =>
  ['400Regular', '700Bold'].map((face) => `@expo-google-fonts/${name}/${face}/${file}_${face}.ttf`);
const dejavu = (file: string): readonly string[] =>
  [file, `${file}-Bold`].map((face) => `dejavu-fonts-ttf/ttf/${face}.ttf`);

/**
 * The fonts that the tests bring, regular and bold, as files under node_modules. `usual` is about as wide and as tall as
 * what phones have; `wide` is all that a fresh Debian has; `tall` has the tallest Arabic script in use, and serifs.
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

/** Where browsers find fonts by fontconfig, tests choose which; elsewhere there is one set, the machine's own. */
export const FONTS_ARE_CHOSEN = process.platform === 'linux';

export const FONT_SET_NAMES: readonly FontSetName[] = FONTS_ARE_CHOSEN
  ? ['usual', 'wide', 'tall']
  : ['usual'];

const MODULES = join(import.meta.dirname, '../../node_modules');

/**
 * A folder with a set's fonts and a configuration of fontconfig that knows these and no other, for FONTCONFIG_FILE:
 * https://www.freedesktop.org/software/fontconfig/fontconfig-user.html. `dispose` removes the folder.
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

// Whatever family is asked for, generic ones too, these follow it.
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
