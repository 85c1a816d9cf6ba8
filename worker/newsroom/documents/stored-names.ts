import type { Shell } from '../../pack/format.ts';

/** The names, which are not paths, of shells and of pages that are served at any path. */
export const shellName = (language: string, template?: string): string =>
  template === undefined ? `shell:${language}` : `shell:${language}:${template}`;
export const notFoundName = (language: string): string => `not-found:${language}`;
export const unavailableName = (language: string): string => `unavailable:${language}`;

/** A shell as it is stored: not compressed, because it is joined with an item's part before it is sent. */
export const SHELL_TYPE = 'text/html; charset=utf-8';
export const shellBytes = (shell: Shell): Uint8Array => new TextEncoder().encode(JSON.stringify(shell));
