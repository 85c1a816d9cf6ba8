import { isPublic } from '../../model/bulletin.ts';
import type { Remark } from '../../model/remarks.ts';
import type { CallContext } from './context.ts';

/** Reads once what an import asks for with each of its items. A call is decided before anything is written. */
function oncePerCall<T>(read: (context: CallContext) => T): (context: CallContext) => T {
  const known = new WeakMap<CallContext, { readonly value: T }>();
  return (context) => {
    const found = known.get(context) ?? { value: read(context) };
    known.set(context, found);
    return found.value;
  };
}

/** The public remarks, as the Newsroom has them at a call. */
export const publicRemarks = oncePerCall(({ rows }): readonly Remark[] =>
  [...rows.items('remarks', null)].flatMap(({ value }) => (isPublic(value) ? [value] : [])),
);
