import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../../worker/model/validation/strict-json.ts';

/** The faults of a text as `pointer detail`; the value as JSON if it has none. */
function outcome(text: string): string | readonly string[] {
  const parsed = parseStrictJson(text);
  if (parsed.ok) return JSON.stringify(parsed.value);
  if (parsed.problem.kind !== 'malformed') throw new Error(parsed.problem.kind);
  return (parsed.problem.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`);
}

describe('a body as JSON', () => {
  it.each([
    ['at the top', '{"a":1,"a":1}', '#/a'],
    ['deep inside', '{"x":[0,{"y":{"a":1,"b":[{"a":2}],"a":null}}]}', '#/x/1/y/a'],
    ['with an escape', '{"a":1,"\\u0061":2}', '#/a'],
    ['with an escaped quote', '{"a\\"":1,"a\\u0022":2}', '#/a%22'],
    ['that is empty', '{"":{"":1,"":2}}', '#//'],
    ['of the prototype', '{"__proto__":1,"__proto__":1}', '#/__proto__'],
    ['that a pointer escapes', '{"a/~b":1,"a/~b":1}', '#/a~1~0b'],
    ['after texts that look like names', '{"a":"\\"b\\":1,","b":"}","c":["a","a"],"b":2}', '#/b'],
  ])('refuses a name that is named twice %s', (_, text, pointer) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(outcome(text)).toEqual([`${pointer} is named twice in its object`]);
  });

  it('lets the same name stand in different objects', () => {
    const text = '{"a":{"a":{"a":[{"a":1},{"a":1}]}},"b":{"a":1}}';
    expect(outcome(text)).toBe(text);
  });

  it.each([
    '1e-400',
    `0.${'0'.repeat(1_000_000)}1`,
    '1.0000000000000000001',
    '0.99999999999999999999',
    '9007199254740990.6',
    '123456789012345.99999',
    '-1e-999999999999999999999999',
    '4503599627370497.500000000000001e0',
  ])('refuses the number %.40s, which only rounding makes a whole number', (number) => {
    expect(Number.isSafeInteger(Number(number))).toBe(true);
    const faults = outcome(`{"values":{"a":[1,${number}]}}`);
    expect(faults).toEqual([expect.stringMatching(/^#\/values\/a\/1 is .{1,61}, which can't be kept/)]);
  });

  it.each([
    '3.4200000000000000001',
    '3.4199999999999999999',
    '-0.10000000000000000001',
    '999999999999.99900000001',
  ])('refuses the number %s, which only rounding makes one with three decimals at most', (number) => {
    expect(outcome(`[${number}]`)).toEqual([expect.stringMatching(/^#\/0 is .{1,61}, which can't be kept/)]);
  });

  it.each([
    '3.420',
    '3.42',
    '-0.05',
    '342e-2',
    '0.001',
    '3.4567',
    '0.30000000000000004',
    '1e-9',
    '0',
    '-0',
    '1.0',
    '1e2',
    '10e-1',
    '0e-999',
    '0.0E+5',
    '12300e-2',
    '9007199254740991',
    '0.1',
    '1e999',
  ])('leaves the number %s as it is', (number) =>
    expect(outcome(`[${number}]`)).toBe(JSON.stringify([Number(number)])),
  );

  it('gives what JSON.parse gives for any value in any spacing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it('names twenty faults at most, with pointers and quotes of bounded length', () => {
    const twice = '"a":1,'.repeat(100_000);
    expect(outcome(`{${twice}"a":1}`)).toHaveLength(20);
    const long = `"${'x'.repeat(400_000)}":1`;
    const parsed = parseStrictJson(`{"o":{${long},${long}}}`);
    expect(JSON.stringify(parsed).length).toBeLessThan(1_000);
    expect(outcome(`{"o":{${long},${long}}}`)).toEqual(['#/o is named twice in its object']);
  });

  it('refuses a body nested deeper than 64 levels, whether or not it is JSON, and takes one of 64', () => {
    const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}"[[[\\""${'}]'.repeat(depth / 2)}`;
    expect(parseStrictJson(nested(64))).toMatchObject({ ok: true });
    for (const text of [nested(66), '['.repeat(500_000), `{"a":${'['.repeat(64)}`])
      expect(parseStrictJson(text)).toMatchObject({
        ok: false,
        problem: { status: 400, detail: 'the body is nested deeper than 64 levels' },
      });
    const siblings = `[${'[],'.repeat(300_000)}[]]`;
    expect(parseStrictJson(siblings)).toMatchObject({ ok: true });
  });

  it('costs time in proportion to its length, however deep it is', () => {
    const deep = 500_000;
    const names = 170_000;
    const texts = [
      '['.repeat(deep) + ']'.repeat(deep),
      `${'{"":'.repeat(names)}0${'}'.repeat(names)}`,
      `${'{"a":0,"b":'.repeat(80_000)}1e-400${'}'.repeat(80_000)}`,
      `"${'\\\\'.repeat(deep)}"`,
      `{${Array.from({ length: 100_000 }, (_, i) => `"${i}":0`).join()}}`,
      `0.${'0'.repeat(deep)}1${'0'.repeat(deep)}`,
      `[${'1.50,'.repeat(200_000)}0]`,
    ];
    for (const text of texts) {
      const start = performance.now();
      parseStrictJson(text);
      expect(performance.now() - start, text.slice(0, 20)).toBeLessThan(10_000);
    }
  });
});
