import type { Problem } from '../../model/problem.ts';

/**
 * Why a write's `If-Match` fails; null if it holds or was not sent. Lists and `*` are supported. The comparison is strong,
 * so a weak validator never holds: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
 * @param version the current version; 0 if nothing exists yet, which `"0"` matches and `*` does not
 */
export function preconditionFailure(ifMatch: string | null, version: number): Problem | null {
  if (ifMatch === null) return null;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  const holds = tags.includes(`"${version}"`) || (version > 0 && tags.includes('*'));
  return holds
    ? null
    : {
        kind: 'version-conflict',
        status: 412,
        sent: ifMatch,
        current: `"${version}"`,
      };
}
