import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Worker tests run inside the Workers runtime. The others run in Node and use the real site, some of them in Chromium.
 */
const inWorkerd = () =>
  cloudflareTest({
    main: './tests/worker/main.ts',
    wrangler: { configPath: './wrangler.toml' },
    miniflare: {
      bindings: {
        OPERATOR_KEY: 'test-operator-key-test-operator-key-test-op',
        SIGNING_KEY: 'test-signing-key-test-signing-key-test-sign',
      },
    },
  });

/** Tests of pure functions share one runtime, because starting a runtime takes longer than most of these files. */
const PURE = ['tests/worker/{model,render}/**/*.test.{ts,tsx}'];

/** Tests of reading share one too, because each makes its own isolates. The three others read through the runtime's isolate. */
const READ = ['tests/worker/read/!(last-modified|representations|unavailable).test.ts'];

/** Tests of staff calls share one too, and begin with an empty site: see tests/worker/fresh-site.ts. */
const STAFF = ['tests/worker/{newsroom,platform,staff}/**/*.test.ts'];

/** Tests that `npm test` leaves out. `npm run test:long` runs them, and so does CI. */
const LONG = ['tests/**/*.long.test.ts'];
/** Tests in Node of which `npm test` runs a part, and `npm run test:long` the whole. */
const LONG_IN_PART = [
  'tests/browser/{axe,breaking,chart,fonts,keyboard,layout,media,no-script,pages}.test.ts',
  'tests/node/{crash,first-answer,lock,operator-key,start,unavailable-pages}.test.ts',
];

/** Tests that time a site while much is asked of it: they run after all others, one at a time. */
const LONG_ALONE = ['tests/node/{call-cost.long,flood-of-calls.long,hostile-content}.test.ts'];

/**
 * The slowest test files. They mostly wait, so they start first and the other files run meanwhile. Vitest's own order
 * depends on the durations of the last run, which a clean clone does not have.
 */
const LONGEST = [
  'publishing-faults',
  'crash',
  'start',
  'slow-kv',
  'many-publishes',
  'lock',
  'properties',
  'races',
  'axe',
  'layout',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return index < 0 ? LONGEST.length : index;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

// Tests in Node share their processes, because starting one for each file costs more than many files take.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // On two cores: tests often wait, for a process to start or for a time to pass, so more files than cores run.
    maxWorkers: 4,
    projects: [
      {
        plugins: [inWorkerd()],
        test: {
          name: 'worker',
          include: ['tests/worker/**/*.test.{ts,tsx}'],
          exclude: [...PURE, ...READ, ...STAFF, ...LONG],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [inWorkerd()],
        test: {
          name: 'staff',
          include: STAFF,
          exclude: LONG,
          isolate: false,
          setupFiles: ['tests/worker/fresh-site.ts'],
          provide: { isLong: false },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [inWorkerd()],
        test: { name: 'read', include: READ, isolate: false, testTimeout: 60_000 },
      },
      {
        plugins: [inWorkerd()],
        test: { name: 'pure', include: PURE, isolate: false, testTimeout: 60_000 },
      },
      {
        test: {
          name: 'node',
          isolate: false,
          include: ['tests/{node,kuwait}/**/*.test.ts'],
          exclude: LONG,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          isolate: false,
          include: ['tests/browser/**/*.test.ts'],
          exclude: LONG,
          globalSetup: ['tests/browser/site.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [inWorkerd()],
        test: {
          name: 'long-worker',
          include: [
            'tests/worker/**/*.long.test.ts',
            'tests/worker/newsroom/{many-publishes,properties,races}.test.ts',
            'tests/worker/staff/access-matrix.test.ts',
          ],
          provide: { isLong: true },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'long',
          include: ['tests/{node,browser}/**/*.long.test.ts', ...LONG_IN_PART],
          exclude: LONG_ALONE,
          env: { TESTS: 'all' },
          globalSetup: ['tests/browser/site.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'long-alone',
          include: LONG_ALONE,
          env: { TESTS: 'all' },
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
