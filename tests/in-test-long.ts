import { it } from 'vitest';

/** Whether this is `npm run test:long`, which runs the whole of every test. `npm test` has five minutes. */
export const IS_TEST_LONG = process.env.TESTS === 'all';

/** A test that only `npm run test:long` runs; its file is named in `LONG_IN_PART` of vitest.config.ts. */
export const inTestLong = it.runIf(IS_TEST_LONG);
