/** Headers seen before, with what they came to: clients send a handful of different ones. */
const known = new Map<string, boolean>();
const KNOWN_LIMIT = 200;

/**
 * Whether Brotli may be sent to a client, and it does not like identity better:
 * https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3 . Without the header nothing is encoded: a client that says
 * nothing most likely decodes nothing.
 */
export function prefersBrotli(acceptEncoding: string | null): boolean {
  if (acceptEncoding === null || acceptEncoding === '') return false;
  const before = known.get(acceptEncoding);
  if (before !== undefined) return before;
  const brotli = judge(acceptEncoding);
  if (known.size >= KNOWN_LIMIT) known.clear();
  if (acceptEncoding.length <= 200) known.set(acceptEncoding, brotli);
  return brotli;
}

// https://developers.cloudflare.com/speed/optimization/content/compression/ : what its edge puts in the client's place.
const FROM_THE_EDGE: ReadonlySet<string> = new Set(['br, gzip', 'gzip, br', 'gzip']);

/**
 * What the client itself accepts. Cloudflare shows the Worker `br, gzip` whatever was sent, and the truth in `cf`.
 * Any other header is the client's own, and then `cf` is left alone: the first look at it costs 4 microseconds, a
 * twentieth of all that workerd does for a request.
 */
export function acceptEncodingOf(request: Request): string | null {
  const header = request.headers.get('Accept-Encoding');
  if (header !== null && !FROM_THE_EDGE.has(header)) return header;
  const sent = request.cf?.clientAcceptEncoding;
  return typeof sent === 'string' ? sent : header;
}

function judge(acceptEncoding: string): boolean {
  let brotli: number | null = null;
  let identity = 0;
  let any: number | null = null;
  for (const entry of acceptEncoding.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = entry.split(';');
    const weight = weightOf(parameters);
    const name = coding.trim();
    if (name === 'br') brotli = weight;
    else if (name === 'identity') identity = weight;
    else if (name === '*') any = weight;
  }
  const q = brotli ?? any ?? 0;
  return q > 0 && q >= identity;
}

// A weight that is none counts as refusal: identity is always understood.
function weightOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=');
    if (name.trim() === 'q') return /^\s*(0(\.\d{0,3})?|1(\.0{0,3})?)\s*$/.test(value) ? Number(value) : 0;
  }
  return 1;
}
