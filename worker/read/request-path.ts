/**
 * The path of a URL as the client sent it: not decoded, not normalized, without the query string. Every public request
 * needs its path, so the path is cut from the text and the URL is not parsed.
 */
export function requestPath(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  if (start < 0) return '/';
  const query = url.indexOf('?', start);
  return query < 0 ? url.slice(start) : url.slice(start, query);
}

/** A URL without its query string. */
export function withoutQuery(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/**
 * Whether a URL is valid and a URL parser keeps its path as the client sent it: a parser changes dot segments,
 * backslashes and the like (https://url.spec.whatwg.org/#path-state).
 */
export const isNormalized = (url: string, path: string): boolean =>
  !NOT_NORMALIZED.test(path) && URL.canParse(withoutQuery(url));

const NOT_NORMALIZED = /[\\#\t\n\r]|\/(\.|%2e){1,2}(\/|$)/i;

/** Whether a path is in the API: its readers are programs, which get problem details instead of a page. */
export const isForPrograms = (path: string): boolean => /^\/api(\/|$)/.test(path);
