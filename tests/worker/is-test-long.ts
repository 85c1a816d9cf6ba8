import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** IS_TEST_LONG of ../in-test-long.ts, for the Workers runtime. */
    isLong: boolean;
  }
}

/** Whether this run is `npm run test:long`, which runs every test in full. `npm test` must end within five minutes. */
export const IS_TEST_LONG = inject('isLong');
