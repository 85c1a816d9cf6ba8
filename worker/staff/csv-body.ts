/** The most different names that are read: an import has a dozen, so any further one is refused with those before it. */
const MAX_NAMES = 100;

/**
 * The JSON that stands for a body of CSV: `figures` is the file, and each query parameter is another field. `dryRun`
 * and `dryRun=true` are true. `confirm` is a list, and may come more than once; any other parameter that comes twice is
 * a list too, which its field is not. The parameters are read once, however many there are.
 */
export function csvBody(csv: string, url: string): string {
  const valuesOf = new Map<string, string[]>();
  for (const [name, value] of new URL(url).searchParams) {
    const values = valuesOf.get(name);
    if (values) values.push(value);
    else if (valuesOf.size < MAX_NAMES) valuesOf.set(name, [value]);
  }
  const fields = [...valuesOf].map(([name, [value = '', ...others]]) => {
    if (others.length > 0 || name === 'confirm') return [name, [value, ...others]] as const;
    return [name, name === 'dryRun' ? truthOf(value) : value] as const;
  });
  return JSON.stringify({ ...Object.fromEntries(fields), figures: csv });
}

const truthOf = (text: string): boolean | string =>
  text === '' || text === 'true' ? true : text === 'false' ? false : text;
