import { ok, type Result } from '../../model/problem.ts';
import type { CallContext, ReadResult } from './context.ts';

/** `GET whoami`: whose key this is. The agency is an empty text before the first settings. */
export const whoami = ({ caller }: CallContext): Result<ReadResult> =>
  ok({ body: { key: caller.key, role: caller.role, agency: caller.agency ?? '' } });
