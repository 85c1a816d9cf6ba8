/** Orders numbers by value and texts by their UTF-16 units, for `sort`: the same order on every machine. */
export const ascending = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
