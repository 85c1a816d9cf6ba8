/**
 * The network that a caller's address belongs to, as the rate limiter counts it. An IPv6 address counts by its /64:
 * that is what one customer gets (RFC 6177), and who has it can send each request from another address. An IPv4 address
 * counts by itself, also where it is written as IPv6 (`::ffff:192.0.2.1`, RFC 4291 §2.5.5.2). Any other text stays as
 * it is.
 */
export function callerNetwork(address: string): string {
  const groups = ipv6Groups(address);
  if (groups === null) return address;
  const [, , , , , mark, high = 0, low = 0] = groups;
  if (groups.slice(0, 5).every((group) => group === 0) && mark === 0xffff)
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of an IPv6 address; null for another text. The URL parser checks it and makes its spelling one. */
function ipv6Groups(address: string): readonly number[] | null {
  if (!/^[\da-f:.]+$/i.test(address) || !URL.canParse(`http://[${address}]/`)) return null;
  const [head = '', tail = ''] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const before = numbersIn(head);
  const after = numbersIn(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

const numbersIn = (groups: string): readonly number[] =>
  groups === '' ? [] : groups.split(':').map((group) => Number.parseInt(group, 16));
