import * as v from 'valibot';
import { line, MAX_REASON } from '../../model/validation/text.ts';

/** Schema of the reason for a change to something public. */
export const reason = line(MAX_REASON);
export const optionalReason = v.exactOptional(reason);
