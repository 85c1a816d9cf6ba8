import { ok, type Result } from '../../model/problem.ts';
import type { CallContext, ReadResult } from './context.ts';

/** `GET whoami`: who this key is. The agency is an empty text before there are settings. */
export const whoami = ({ caller }: CallContext): Result<ReadResult> =>
  ok({ body: { key: caller.key, role: caller.role, agency: caller.agency ?? '' } });
