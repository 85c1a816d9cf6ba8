import { it } from 'vitest';

/** Whether this run is `npm run test:long`, which runs every test in full. `npm test` must end within five minutes. */
export const IS_TEST_LONG = process.env.TESTS === 'all';

/** A test that only `npm run test:long` runs. `LONG_IN_PART` in vitest.config.ts must name its file. */
export const inTestLong = it.runIf(IS_TEST_LONG);
