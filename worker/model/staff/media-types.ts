import { type StaffCallKind, staffCall } from './calls.ts';

/** The media types of a call's body. A merge patch may also have its own type (RFC 7396 §4). */
export const mediaTypesOf = (kind: StaffCallKind): readonly string[] => {
  const { method, takesCsv } = staffCall(kind);
  return [
    'application/json',
    ...(method === 'PATCH' ? ['application/merge-patch+json'] : []),
    ...(takesCsv ? [CSV_TYPE] : []),
  ];
};

/** The media type of a file of figures: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180 */
export const CSV_TYPE = 'text/csv';
