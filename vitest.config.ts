import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Worker tests run inside the Workers runtime, the others in Node: those drive the real site, one in Chromium. */
const inWorkerd = () =>
  cloudflareTest({
    main: './tests/worker/main.ts',
    wrangler: { configPath: './wrangler.toml' },
    miniflare: { bindings: { OPERATOR_KEY: 'test-operator-key-test-operator-key-test-op' } },
  });

/** Tests of pure functions share one runtime: starting another for each file takes longer than most of them. */
const PURE = ['tests/worker/{model,render}/**/*.test.{ts,tsx}'];

/**
 * The tests that take longest, mostly waiting: with these begun first, the others fill the time beside them. Vitest's own
 * order knows how long a test took the last time, which a clean clone does not.
 */
const LONGEST = [
  'publishing-faults',
  'crash',
  'thousand-publishes',
  'slow-kv',
  'axe',
  'cancelled-reader',
  'start',
  'dev',
  'lock',
  'properties',
  'races',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // On two cores a fourth file at once only makes the others slower.
    maxWorkers: 3,
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
          include: ['tests/{node,kuwait}/**/*.test.ts'],
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
