import { describe, expect, it } from 'vitest';
import { Turns } from '../../../worker/newsroom/documents/turns.ts';
import { PackWrites } from '../../../worker/newsroom/publish/pack-writes.ts';

const MB = 1_000_000;
const turns = () => new Turns((ms) => scheduler.wait(ms));

/** Makes and writes packs of these sizes, each write a little slow; gives the most bytes and writes at once. */
async function writeAll(sizes: readonly number[], fails: (i: number) => boolean = () => false) {
  const seen = { begun: 0, underWay: 0, bytes: 0, mostUnderWay: 0, mostBytes: 0 };
  const writes = new PackWrites(turns());
  const run = async () => {
    for (const [i, size] of sizes.entries())
      await writes.begin(size, async () => {
        seen.begun += 1;
        seen.underWay += 1;
        seen.bytes += size;
        seen.mostUnderWay = Math.max(seen.mostUnderWay, seen.underWay);
        seen.mostBytes = Math.max(seen.mostBytes, seen.bytes);
        await scheduler.wait(5);
        seen.underWay -= 1;
        seen.bytes -= size;
        if (fails(i)) throw new Error(`KV refused pack ${i}`);
      });
    await writes.end();
  };
  const error = await run().then(
    () => null,
    (thrown) => String(thrown),
  );
  return { ...seen, error };
}

describe('the packs of a release on their way to KV', () => {
  it('are six at once, and eight million bytes and one pack at most, however many there are', async () => {
    const small = await writeAll(Array(200).fill(250_000));
    expect(small).toMatchObject({ begun: 200, underWay: 0, mostUnderWay: 6, error: null });
    const large = await writeAll(Array(30).fill(7 * MB));
    expect(large).toMatchObject({ begun: 30, underWay: 0, error: null });
    expect(large.mostBytes).toBeLessThanOrEqual(16 * MB);
  });

  it('end before the failure of one of them is told, and no more are made after it', async () => {
    const failed = await writeAll(Array(200).fill(250_000), (i) => i === 8);
    expect(failed.error).toBe('Error: KV refused pack 8');
    expect(failed.underWay).toBe(0);
    expect(failed.begun).toBeLessThan(24);
    const last = await writeAll([MB], () => true);
    expect(last.error).toBe('Error: KV refused pack 0');
  });
});
