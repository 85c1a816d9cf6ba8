export { default, Newsroom } from '../../worker/index.ts';
