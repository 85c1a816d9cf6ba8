/**
 * The JSON that stands for a body of CSV: `figures` is the file, and each query parameter is another field. `dryRun`
 * and `dryRun=true` are true. `confirm` is a list, and may come more than once; any other parameter that comes twice is
 * a list too, which its field is not.
 */
export function csvBody(csv: string, url: string): string {
  const { searchParams } = new URL(url);
  const fields = [...new Set(searchParams.keys())].map((name) => {
    const [value = '', ...others] = searchParams.getAll(name);
    if (others.length > 0 || name === 'confirm') return [name, [value, ...others]] as const;
    return [name, name === 'dryRun' ? truthOf(value) : value] as const;
  });
  return JSON.stringify({ ...Object.fromEntries(fields), figures: csv });
}

const truthOf = (text: string): boolean | string =>
  text === '' || text === 'true' ? true : text === 'false' ? false : text;
