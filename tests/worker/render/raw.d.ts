declare module '*?raw' {
  /** The file's text. */
  const text: string;
  export default text;
}

interface ImportMeta {
  /** The texts of files by their paths, sorted by path: https://vite.dev/guide/features#glob-import */
  glob(
    pattern: string,
    options: { readonly eager: true; readonly query: '?raw'; readonly import: 'default' },
  ): { readonly [path: string]: string };
}
