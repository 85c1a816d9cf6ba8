import { describe, expect, it } from 'vitest';
import { CURRENT_KEY } from '../../../worker/pack/format.ts';
import { aRelease, publish, type TestRelease } from '../a-release.ts';
import { Isolate, isolateShowing } from './isolate.ts';
import { testEnv } from './reader.ts';

/** A pack as code of a later format writes it. */
const ofFormat9 = (bytes: Uint8Array): Uint8Array =>
  new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"format":1', '"format":9'));

async function publishNewer(release: TestRelease): Promise<void> {
  await publish(testEnv.BULLETIN, release);
  const bytes = release.values.get(release.key);
  if (!bytes) throw new Error('a release without its pack');
  await testEnv.BULLETIN.put(release.key, ofFormat9(bytes));
}

describe('an isolate that meets a newer format', () => {
  it('of a release keeps serving what it has, and shows the first release that it can read', async () => {
    const { isolate, n } = await isolateShowing();
    await publishNewer(aRelease());
    for (const seconds of [10, 40, 100]) expect(await isolate.releaseAt(seconds)).toBe(n);
    const back = aRelease();
    await publish(testEnv.BULLETIN, back);
    expect(await isolate.releaseAt(200)).toBe(back.n);
  });

  it('of current keeps serving what it has', async () => {
    const { isolate, n } = await isolateShowing();
    const release = aRelease();
    await publish(testEnv.BULLETIN, release);
    const current = { format: 9, n: release.n, key: release.key, previous: null };
    await testEnv.BULLETIN.put(CURRENT_KEY, JSON.stringify(current));
    for (const seconds of [10, 40]) expect(await isolate.releaseAt(seconds)).toBe(n);
  });

  it('and has nothing yet serves the release before', async () => {
    const before = aRelease();
    await publish(testEnv.BULLETIN, before);
    const release = aRelease();
    await publishNewer(release);
    const current = { n: release.n, key: release.key, previous: before.key };
    await testEnv.BULLETIN.put(CURRENT_KEY, JSON.stringify(current));
    expect(await new Isolate().releaseAt(0)).toBe(before.n);
  });
});
