import { describe, expect, it } from 'vitest';
import { CURRENT_KEY, PLAIN_FORMAT } from '../../../worker/pack/format.ts';
import { aRelease, publish, type TestRelease } from '../a-release.ts';
import { Isolate, isolateShowing } from './isolate.ts';
import { testEnv } from './reader.ts';

/** A pack with its format number changed to 9. */
const withFormat9 = (bytes: Uint8Array): Uint8Array =>
  new TextEncoder().encode(new TextDecoder().decode(bytes).replace(`"format":${PLAIN_FORMAT}`, '"format":9'));

async function publishNewer(release: TestRelease): Promise<void> {
  await publish(testEnv.BULLETIN, release);
  const bytes = release.values.get(release.key);
  if (!bytes) throw new Error('the release has no pack');
  await testEnv.BULLETIN.put(release.key, withFormat9(bytes));
}

describe('an isolate that reads a newer format', () => {
  it('of a release serves its cached release, and then the next release that it can read', async () => {
    const { isolate, n } = await isolateShowing();
    await publishNewer(aRelease());
    for (const seconds of [10, 40, 100]) expect(await isolate.releaseAt(seconds)).toBe(n);
    const readable = aRelease();
    await publish(testEnv.BULLETIN, readable);
    expect(await isolate.releaseAt(200)).toBe(readable.n);
  });

  it('of `current` serves its cached release', async () => {
    const { isolate, n } = await isolateShowing();
    const release = aRelease();
    await publish(testEnv.BULLETIN, release);
    const current = { format: 9, n: release.n, key: release.key, previous: null };
    await testEnv.BULLETIN.put(CURRENT_KEY, JSON.stringify(current));
    for (const seconds of [10, 40]) expect(await isolate.releaseAt(seconds)).toBe(n);
  });

  it('of a release and has no cached release serves the previous release', async () => {
    const previous = aRelease();
    await publish(testEnv.BULLETIN, previous);
    const release = aRelease();
    await publishNewer(release);
    const current = { n: release.n, key: release.key, previous: previous.key };
    await testEnv.BULLETIN.put(CURRENT_KEY, JSON.stringify(current));
    expect(await new Isolate().releaseAt(0)).toBe(previous.n);
  });
});
