/**
 * The path of a request's address, as it was sent: neither decoded nor otherwise made up, without the query string.
 * Every public request passes here, so it does not parse what it does not need.
 */
export function requestPath(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  if (start < 0) return '/';
  const query = url.indexOf('?', start);
  return query < 0 ? url.slice(start) : url.slice(start, query);
}

/** Whether a path is one of the API's, whose readers are programs: they get problem details, not a page. */
export const isForPrograms = (path: string): boolean => /^\/api(\/|$)/.test(path);
