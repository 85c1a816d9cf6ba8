import { staffCall } from './calls.ts';
import type { StaffRoute } from './request.ts';
import type { Scope } from './scope.ts';

/** Who makes a call. `scope` is null if the key has none. */
type Holder = { readonly role: 'operator' | 'publisher'; readonly scope: Scope | null };

/** Why a caller may not make a call, by its role and the scope of its key; null if it may. */
export function accessDetail({ role, scope }: Holder, route: StaffRoute): string | null {
  const { needs, does } = staffCall(route.kind);
  if (role === 'operator' || needs === 'key') return null;
  if (needs === 'operator') return 'only the operator may do this';
  if (scope === null) return null;
  const wanted = 'collection' in route.params ? route.params.collection : 'figures';
  if (scope.includes(wanted) || (does === 'reads' && scope.includes('read'))) return null;
  const lacks = does === 'reads' ? `${wanted} or read` : wanted;
  return `the scope of this key is ${scope.join(', ')}: it lacks ${lacks}. The operator issues keys with another scope (POST keys)`;
}
