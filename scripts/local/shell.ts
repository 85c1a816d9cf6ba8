/**
 * Quotes any text as one word for a POSIX shell:
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
