import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

/** Worker tests run inside the Workers runtime, the others in Node: those drive the real site, one in Chromium. */
const inWorkerd = () =>
  cloudflareTest({
    main: './tests/worker/main.ts',
    wrangler: { configPath: './wrangler.toml' },
    miniflare: { bindings: { OPERATOR_KEY: 'test-operator-key-test-operator-key-test-op' } },
  });

/** Tests of pure functions share one runtime: starting another for each file takes longer than most of them. */
const PURE = ['tests/worker/{model,render}/**/*.test.{ts,tsx}'];

export default defineConfig({
  test: {
    // Most tests wait for the second between two publishes: they cost little processor.
    maxWorkers: 4,
    projects: [
      {
        plugins: [inWorkerd()],
        test: {
          name: 'worker',
          include: ['tests/worker/**/*.test.{ts,tsx}'],
          exclude: PURE,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [inWorkerd()],
        test: { name: 'pure', include: PURE, isolate: false, testTimeout: 60_000 },
      },
      {
        test: {
          name: 'node',
          include: ['tests/node/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/site.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
