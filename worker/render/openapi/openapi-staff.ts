import { COLLECTIONS, type Collection } from '../../model/collections/registry.ts';
import { importedFigures, type Languages } from '../../model/staff/bodies.ts';
import type { AnswerName } from '../../model/staff/call-spec.ts';
import { STAFF_CALL_KINDS, STAFF_PATH, type StaffCallKind, staffCall } from '../../model/staff/calls.ts';
import { mediaTypesOf } from '../../model/staff/media-types.ts';
import { ref, requestSchema, type Schema } from './json-schema.ts';
import { type AnswerSchemas, answerSchemas } from './openapi-answers.ts';
import { call, inNext } from './openapi-call.ts';
import { bodyExamples, type Examples } from './openapi-examples.ts';
import { inPath } from './openapi-schemas.ts';
import { integer, text } from './schema-parts.ts';

/** The parameters of staff calls' paths. The collection is not one, because each collection has its own path here. */
const PARAMETERS: { readonly [name: string]: Schema } = {
  date: inPath('date', ref('CivilDate')),
  id: inPath('id', text),
  seq: inPath('seq', integer),
};

/**
 * The paths of staff calls, from their table.
 * @param named the schemas of the document; the schemas of bodies are added to it
 * @param examples of bodies
 */
export function staffPaths(
  languages: Languages,
  named: Record<string, Schema>,
  examples: Examples,
): Readonly<Record<string, Schema>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const kind of STAFF_CALL_KINDS) {
    const { path, method } = staffCall(kind);
    for (const collection of path.includes('{collection}') ? COLLECTIONS : [null]) {
      const name = `${STAFF_PATH}/${path.replace('{collection}', String(collection))}`;
      const parameters = [...path.matchAll(/\{(\w+)\}/g)].flatMap(
        ([, parameter = '']) => PARAMETERS[parameter] ?? [],
      );
      paths[name] ??= parameters.length > 0 ? { parameters } : {};
      paths[name][method.toLowerCase()] = operation(
        kind,
        collection,
        languages,
        named,
        bodyExamples(kind, collection, examples),
      );
    }
  }
  return paths;
}

function operation(
  kind: StaffCallKind,
  collection: Collection | null,
  languages: Languages,
  named: Record<string, Schema>,
  examples: ReturnType<typeof bodyExamples>,
): Schema {
  const { summary, body, does, conditional, takesCsv, query, answers, refusals = [] } = staffCall(kind);
  const answersByName = answerSchemas(collection);
  const successes = Object.entries(answers).map(([status, name]) => [status, schemaOf(answersByName, name)]);
  return call(summary.replace('{collection}', String(collection)), Object.fromEntries(successes), {
    ...(body ? { body: requestSchema(body(languages, collection ?? 'news'), named) } : {}),
    mediaTypes: mediaTypesOf(kind),
    examples,
    writes: does === 'writes',
    conditional: conditional === true,
    query: [...(query ? [inNext(query)] : []), ...(takesCsv ? fileParameters(named) : [])],
    refusals: [...refusals, ...(body || query ? [422 as const] : [])],
  });
}

/** The query parameters of a call with a file of figures: the fields that JSON has beside the file. */
const fileParameters = (named: Record<string, Schema>): readonly Schema[] =>
  Object.entries<Schema>(Object(requestSchema(importedFigures, named).properties))
    .filter(([name]) => name !== 'figures')
    .map(([name, schema]) => ({
      name,
      in: 'query',
      description: `Of a file in CSV. ${schema.description ?? ''}`.trim(),
      schema,
    }));

const schemaOf = (answersByName: AnswerSchemas, name: AnswerName): Schema => answersByName[name];
