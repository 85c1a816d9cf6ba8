import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

// Worker tests: inside the Workers runtime, with the KV, Durable Object and rate limit of wrangler.toml.
export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: { bindings: { OPERATOR_KEY: 'test-operator-key-test-operator-key-test-op' } },
    }),
  ],
  test: { include: ['tests/worker/**/*.test.{ts,tsx}'] },
});
