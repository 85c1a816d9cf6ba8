import { createExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { SingleFlight } from '../../../worker/platform/single-flight.ts';

const START = Date.parse('2026-11-24T12:00:00Z');
const LIMITS = { markerMs: 3_000, pauseMs: 1_000 };

/** Reads that end when the test says so, and a clock of the test's own. */
class Reads {
  readonly begun: { readonly end: (value: string) => void; readonly fail: () => void }[] = [];
  readonly failures: unknown[] = [];
  readonly flights = new SingleFlight<string>(LIMITS, (error) => this.failures.push(error));

  #read = (): Promise<string> =>
    new Promise((resolve, reject) => {
      this.begun.push({ end: resolve, fail: () => reject(new Error('KV is down')) });
    });

  /** When the read that is under way then began. */
  begin = (seconds: number, key = 'key'): number | null => {
    const asker = { nowMs: START + seconds * 1000, ctx: createExecutionContext() };
    return this.flights.begin(key, asker, this.#read)?.sinceMs ?? null;
  };

  get = (seconds: number, limitMs = 200): Promise<string | null> =>
    this.flights.get(
      'key',
      { nowMs: START + seconds * 1000, ctx: createExecutionContext() },
      limitMs,
      this.#read,
    );
}

describe('a read that many wait for', () => {
  it('gives all of them its value', async () => {
    const reads = new Reads();
    const waiting = Promise.all([reads.get(0), reads.get(0.1), reads.get(2.9)]);
    reads.begun[0]?.end('value');
    expect(await waiting).toEqual(['value', 'value', 'value']);
    expect(reads.begun.length).toBe(1);
  });

  it('is begun again once it is older than the marker, and whichever ends first serves all', async () => {
    for (const first of [0, 1]) {
      const reads = new Reads();
      const waiting = Promise.all([reads.get(0), reads.get(3), reads.get(3.1)]);
      expect(reads.begun.length).toBe(2);
      reads.begun[first]?.end('value');
      expect(await waiting).toEqual(['value', 'value', 'value']);
    }
  });

  it('is not begun again by those who have nothing left to wait', async () => {
    const reads = new Reads();
    expect(await reads.get(0, 20)).toBeNull();
    expect(await reads.get(1, 20)).toBeNull();
    expect(await reads.get(1, 0)).toBeNull();
    expect(reads.begun.length).toBe(1);
  });

  it('that fails is told to all, and no other begins for a second', async () => {
    const reads = new Reads();
    const waiting = Promise.all([reads.get(0), reads.get(0.1)]);
    reads.begun[0]?.fail();
    expect(await waiting).toEqual([null, null]);
    expect([reads.begin(0.2), reads.begin(0.9)]).toEqual([null, null]);
    expect(await reads.get(0.9)).toBeNull();
    expect(reads.begun.length).toBe(1);
    expect(reads.failures.length).toBe(1);
    expect(reads.begin(1)).toBe(START + 1_000);
  });

  it('that fails after a younger one has begun leaves that one alone', async () => {
    const reads = new Reads();
    const waiting = Promise.all([reads.get(0), reads.get(3)]);
    reads.begun[0]?.fail();
    await scheduler.wait(10);
    expect(reads.begin(3.5)).toBe(START + 3_000);
    reads.begun[1]?.end('value');
    expect(await waiting).toEqual(['value', 'value']);
  });
});

describe('a clock', () => {
  it('that lags by a little, as timers do, begins no other read', () => {
    const reads = new Reads();
    expect([reads.begin(10), reads.begin(9.8), reads.begin(8)]).toEqual(Array(3).fill(START + 10_000));
    expect(reads.begun.length).toBe(1);
  });

  it('that was set back by an hour begins another read, and makes no pause longer', async () => {
    const reads = new Reads();
    reads.begin(0);
    expect(reads.begin(-3_600)).toBe(START - 3_600_000);
    reads.begun[1]?.fail();
    await scheduler.wait(10);
    expect([reads.begin(-3_599.5), reads.begin(-3_599)]).toEqual([null, START - 3_599_000]);
    reads.begun[2]?.fail();
    await scheduler.wait(10);
    expect(reads.begin(-7_200)).toBe(START - 7_200_000);
  });
});

it('forgets the keys of long ago, whether their reads failed or never ended', async () => {
  const reads = new Reads();
  for (let i = 0; i < 200; i++) {
    reads.begin(i * 5, `pack/${i}`);
    if (i % 2) reads.begun[i]?.fail();
    await scheduler.wait(0);
  }
  expect(reads.flights.size).toBeLessThan(3);
  reads.begun[0]?.end('value'); // and one that ends all the same does no harm
  await scheduler.wait(0);
  expect(reads.flights.size).toBeLessThan(3);
});
