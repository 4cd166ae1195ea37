/**
 * JSON Schema as this product writes it (draft 7), and walking it: resolving references between the files of `schemas/operations`
 * and finding the schema of a member. `x-closed` says that `examples` lists all values, which match without regard to case.
 */
export interface JsonSchema {
  readonly $ref?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly additionalProperties?: JsonSchema | boolean | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: JsonSchema | undefined;
  readonly minItems?: number | undefined;
  readonly allOf?: readonly JsonSchema[] | undefined;
  readonly examples?: readonly unknown[] | undefined;
  readonly default?: unknown;
  readonly format?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly defaultSnippets?: readonly SchemaSnippet[] | undefined;
  readonly 'x-closed'?: boolean | undefined;
  readonly 'x-plans'?: readonly string[] | undefined;
}

export interface SchemaSnippet {
  readonly label: string;
  readonly description?: string | undefined;
  readonly body: unknown;
}

export type SchemaLookup = (reference: string) => JsonSchema | undefined;

/** A schema with its reference and `allOf` parts merged in, the schema's own words first. */
export function resolved(schema: JsonSchema, lookup: SchemaLookup): JsonSchema {
  const target = schema.$ref === undefined ? undefined : lookup(schema.$ref);
  const parts = [...(target === undefined ? [] : [target]), ...(schema.allOf ?? [])];
  return parts.reduce<JsonSchema>((merged, part) => ({ ...resolved(part, lookup), ...merged }), schema);
}

/** The schema of a member or item on the way down, or undefined where the schema says nothing. */
export function schemaAt(
  schema: JsonSchema | undefined,
  path: readonly (string | number)[],
  lookup: SchemaLookup,
): JsonSchema | undefined {
  let current = schema === undefined ? undefined : resolved(schema, lookup);
  for (const part of path) {
    const next: JsonSchema | undefined =
      typeof part === 'number'
        ? current?.items
        : (current?.properties?.[part] ??
          (typeof current?.additionalProperties === 'object' ? current.additionalProperties : undefined));
    if (next === undefined) return undefined;
    current = resolved(next, lookup);
  }
  return current;
}
