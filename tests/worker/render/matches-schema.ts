type Schema = { readonly [keyword: string]: unknown };

/**
 * Whether a value matches a JSON Schema. It knows the keywords that openapi.json uses and throws on any other, so that
 * no keyword is ignored. https://json-schema.org/draft/2020-12
 * @param components what `#/components/schemas/…` refers to
 */
export function matchesSchema(
  value: unknown,
  schema: Schema,
  components: Readonly<Record<string, Schema>>,
): boolean {
  const matches = (subschema: unknown, part: unknown) => matchesSchema(part, subschema as Schema, components);
  return Object.entries(schema).every(([keyword, rule]) => {
    switch (keyword) {
      case '$ref': {
        const target = components[String(rule).replace('#/components/schemas/', '')];
        if (!target) throw new Error(`no schema ${rule}`);
        return matches(target, value);
      }
      case 'type':
        return [rule].flat().some((type) => isOfType(value, String(type)));
      case 'enum':
        return (rule as unknown[]).includes(value);
      case 'const':
        return rule === value;
      case 'allOf':
        return (rule as unknown[]).every((subschema) => matches(subschema, value));
      case 'anyOf':
        return (rule as unknown[]).some((subschema) => matches(subschema, value));
      case 'oneOf':
        return (rule as unknown[]).filter((subschema) => matches(subschema, value)).length === 1;
      case 'not':
        return !matches(rule, value);
      case 'items':
        return !Array.isArray(value) || value.every((item) => matches(rule, item));
      case 'prefixItems':
        return (
          !Array.isArray(value) || (rule as unknown[]).every((subschema, i) => matches(subschema, value[i]))
        );
      case 'minItems':
        return !Array.isArray(value) || value.length >= Number(rule);
      case 'maxItems':
        return !Array.isArray(value) || value.length <= Number(rule);
      case 'minLength':
        return typeof value !== 'string' || [...value].length >= Number(rule);
      case 'maxLength':
        return typeof value !== 'string' || [...value].length <= Number(rule);
      case 'minimum':
        return typeof value !== 'number' || value >= Number(rule);
      case 'pattern':
        return typeof value !== 'string' || new RegExp(String(rule), 'u').test(value);
      case 'format':
        return typeof value !== 'string' || isOfFormat(value, String(rule));
      case 'required':
        return !isObject(value) || (rule as string[]).every((name) => Object.hasOwn(value, name));
      case 'minProperties':
        return !isObject(value) || Object.keys(value).length >= Number(rule);
      case 'properties':
        return (
          !isObject(value) ||
          Object.entries(rule as Schema).every(
            ([name, subschema]) => !Object.hasOwn(value, name) || matches(subschema, value[name]),
          )
        );
      case 'additionalProperties':
      case 'unevaluatedProperties':
        return (
          !isObject(value) ||
          Object.keys(value).every(
            (name) =>
              declaredProperties(schema, components).has(name) ||
              (rule !== false && matches(rule, value[name])),
          )
        );
      case 'description':
        return true;
      default:
        throw new Error(`unknown JSON Schema keyword: ${keyword}`);
    }
  });
}

function declaredProperties(
  schema: Schema,
  components: Readonly<Record<string, Schema>>,
): ReadonlySet<string> {
  const target = components[String(schema.$ref ?? '').replace('#/components/schemas/', '')];
  return new Set([...Object.keys(Object(schema.properties)), ...Object.keys(Object(target?.properties))]);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'null' ? value === null : typeof value === type;
}

const isOfFormat = (text: string, format: string): boolean =>
  format === 'date'
    ? /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && toDate(text) === text
    : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) &&
      !Number.isNaN(Date.parse(text));

const toDate = (text: string): string => new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
