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

/** An address less its query string. */
export function withoutQuery(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/**
 * Whether an address means the path that it was sent with: it is one at all, and whoever parses it finds no other path in
 * it, by dot segments, backslashes and the like (https://url.spec.whatwg.org/#path-state).
 */
export const isAsSent = (url: string, path: string): boolean =>
  !PARSED_OTHERWISE.test(path) && URL.canParse(withoutQuery(url));

const PARSED_OTHERWISE = /[\\#\t\n\r]|\/(\.|%2e){1,2}(\/|$)/i;

/** Whether a path is one of the API's, whose readers are programs: they get problem details, not a page. */
export const isForPrograms = (path: string): boolean => /^\/api(\/|$)/.test(path);
