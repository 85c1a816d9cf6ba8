import { createExecutionContext, env } from 'cloudflare:test';
import { expect, it } from 'vitest';
import worker from '../../../worker/index.ts';
import { callerNetwork } from '../../../worker/staff/caller-network.ts';

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::4:5:6:7:8', '2001:db8:0:4::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['0:0:0:0:0:FFFF:c000:0201', '192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.2', '192.0.2.2'],
  ['unknown', 'unknown'],
  ['1:2', '1:2'],
  ['::1]/[', '::1]/['],
  ['', ''],
])('counts %j as %j', (address, network) => {
  expect(callerNetwork(address)).toBe(network);
});

/** The statuses of 30 calls with a bad key, each from an address of its own. The limit is 20 a minute. */
async function badCalls(address: (i: number) => string): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < 30; i++) {
    const headers = { Authorization: 'Bearer nonsense', 'CF-Connecting-IP': address(i) };
    const request = new Request('https://bulletin.example/api/v1/staff/whoami', { headers });
    statuses.push((await worker.fetch(request, env, createExecutionContext())).status);
  }
  return statuses;
}

it('limits bad keys from 30 addresses of one IPv6 network, and not from 30 networks', async () => {
  expect(await badCalls((i) => `2001:db8:7:7:${(i * 977).toString(16)}::${i + 1}`)).toContain(429);
  expect(new Set(await badCalls((i) => `2001:db8:8:${i.toString(16)}::1`))).toEqual(new Set([401]));
});
