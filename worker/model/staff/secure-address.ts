/**
 * The hosts that are this machine itself, as a URL's `hostname` has them (RFC 6761 §6.3, RFC 5735, RFC 4291 §2.5.3).
 */
const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a key may be sent to an address: over https, or to this machine itself. Over plain http, everybody on the way
 * reads the key. False for a text that is not an address, unless it begins with `https://`.
 */
export function isSecureAddress(address: string): boolean {
  if (address.startsWith('https://')) return true; // nearly every staff call: the rest of its address is not parsed
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOCAL_HOSTS.has(hostname));
}
