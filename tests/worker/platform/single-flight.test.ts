import { createExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { SingleFlight } from '../../../worker/platform/single-flight.ts';

const START = Date.parse('2026-11-24T12:00:00Z');
const LIMITS = { markerMs: 3_000, pauseMs: 1_000 };

/** Reads that the test ends or fails, with a clock that the test sets. */
class Reads {
  readonly started: { readonly end: (value: string) => void; readonly fail: () => void }[] = [];
  readonly failures: unknown[] = [];
  readonly flights = new SingleFlight<string>(LIMITS, (error) => this.failures.push(error));

  #read = (): Promise<string> =>
    new Promise((resolve, reject) => {
      this.started.push({ end: resolve, fail: () => reject(new Error('KV is down')) });
    });

  /** Joins or starts a read at `seconds`; gives the time at which that read started, null if reads are paused. */
  begin = (seconds: number, key = 'key'): number | null => {
    const caller = { nowMs: START + seconds * 1000, ctx: createExecutionContext() };
    return this.flights.begin(key, caller, this.#read)?.sinceMs ?? null;
  };

  get = (seconds: number, limitMs = 200): Promise<string | null> =>
    this.flights.get(
      'key',
      { nowMs: START + seconds * 1000, ctx: createExecutionContext() },
      limitMs,
      this.#read,
    );
}

describe('a read that many callers wait for', () => {
  it('gives its value to all of them', async () => {
    const reads = new Reads();
    const waiting = Promise.all([reads.get(0), reads.get(0.1), reads.get(2.9)]);
    reads.started[0]?.end('value');
    expect(await waiting).toEqual(['value', 'value', 'value']);
    expect(reads.started.length).toBe(1);
  });

  it('is started again when it is older than the marker, and the read that ends first serves all', async () => {
    for (const first of [0, 1]) {
      const reads = new Reads();
      const waiting = Promise.all([reads.get(0), reads.get(3), reads.get(3.1)]);
      expect(reads.started.length).toBe(2);
      reads.started[first]?.end('value');
      expect(await waiting).toEqual(['value', 'value', 'value']);
    }
  });

  it('is not started again by callers whose waiting time is over', async () => {
    const reads = new Reads();
    expect(await reads.get(0, 20)).toBeNull();
    expect(await reads.get(1, 20)).toBeNull();
    expect(await reads.get(1, 0)).toBeNull();
    expect(reads.started.length).toBe(1);
  });

  it('gives null to all callers when it fails, and no other read starts for a second', async () => {
    const reads = new Reads();
    const waiting = Promise.all([reads.get(0), reads.get(0.1)]);
    reads.started[0]?.fail();
    expect(await waiting).toEqual([null, null]);
    expect([reads.begin(0.2), reads.begin(0.9)]).toEqual([null, null]);
    expect(await reads.get(0.9)).toBeNull();
    expect(reads.started.length).toBe(1);
    expect(reads.failures.length).toBe(1);
    expect(reads.begin(1)).toBe(START + 1_000);
  });

  it('does not disturb a newer read when it fails', async () => {
    const reads = new Reads();
    const waiting = Promise.all([reads.get(0), reads.get(3)]);
    reads.started[0]?.fail();
    await scheduler.wait(10);
    expect(reads.begin(3.5)).toBe(START + 3_000);
    reads.started[1]?.end('value');
    expect(await waiting).toEqual(['value', 'value']);
  });
});

describe('a clock', () => {
  it('that goes back a little, as timers do, does not start another read', () => {
    const reads = new Reads();
    expect([reads.begin(10), reads.begin(9.8), reads.begin(8)]).toEqual(Array(3).fill(START + 10_000));
    expect(reads.started.length).toBe(1);
  });

  it('that is set back by an hour starts another read, and does not make a pause longer', async () => {
    const reads = new Reads();
    reads.begin(0);
    expect(reads.begin(-3_600)).toBe(START - 3_600_000);
    reads.started[1]?.fail();
    await scheduler.wait(10);
    expect([reads.begin(-3_599.5), reads.begin(-3_599)]).toEqual([null, START - 3_599_000]);
    reads.started[2]?.fail();
    await scheduler.wait(10);
    expect(reads.begin(-7_200)).toBe(START - 7_200_000);
  });
});

it('forgets old keys, whether their reads failed or never ended', async () => {
  const reads = new Reads();
  for (let i = 0; i < 200; i++) {
    reads.begin(i * 5, `pack/${i}`);
    if (i % 2) reads.started[i]?.fail();
    await scheduler.wait(0);
  }
  expect(reads.flights.size).toBeLessThan(3);
  reads.started[0]?.end('value'); // a forgotten read that ends later has no effect
  await scheduler.wait(0);
  expect(reads.flights.size).toBeLessThan(3);
});
