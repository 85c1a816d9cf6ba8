declare namespace Cloudflare {
  interface Env extends Readonly<import('../../worker/platform/env.ts').Env> {}
  interface GlobalProps {
    mainModule: typeof import('../../worker/index.ts');
  }
}
