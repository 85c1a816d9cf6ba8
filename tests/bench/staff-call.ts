/** The parts of a staff call: method, path under `/api/v1/staff/`, body. */
export type Call = readonly [method: string, path: string, body: unknown];
