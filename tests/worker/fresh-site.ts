import { beforeAll } from 'vitest';
import { emptySite } from './empty-site.ts';

// For test files that share a runtime: each begins with an empty site.
beforeAll(emptySite);
