/** One file of conformance cases: README.md says what may stand in it. */
import { readFileSync } from 'node:fs';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import * as z from 'zod';
import type { FieldTypes } from '../../src/data/field-type.ts';
import type { FieldOverride } from '../../src/data/fields/index.ts';
import { fieldTypes } from '../../src/data/fields/index.ts';
import type { JsonObject } from '../../src/data/document.ts';
import { isObject } from '../../src/data/document.ts';
import { parseJson } from '../../src/ingest/decode/json.ts';

const fieldType = z.enum([
  'keyword',
  'constant_keyword',
  'wildcard',
  'text',
  'match_only_text',
  'long',
  'double',
  'boolean',
  'ip',
  'date',
  'version',
  'geo_point',
  'flattened',
  'nested',
  'object',
  'dynamic',
]);

const override = z.strictObject({
  type: fieldType,
  lowercase: z.literal(true).optional(),
  analyzer: z.enum(['standard', 'word']).optional(),
});

const conformanceCase = z
  .strictObject({
    name: z.string(),
    query: z.string(),
    ids: z.array(z.int()).optional(),
    error: z.string().optional(),
    warns: z.array(z.string()).optional(),
    options: z.strictObject({ event_category_field: z.string().optional() }).optional(),
  })
  .refine((c) => (c.ids === undefined) !== (c.error === undefined), 'a case has either ids or error');

const tableFile = z.strictObject({
  now: z.iso.datetime().optional(),
  types: z.record(z.string(), z.union([fieldType, override])).optional(),
  event: z.array(z.strictObject({ id: z.int(), json: z.string() })).default([]),
  case: z.array(conformanceCase),
});

export type ConformanceCase = z.infer<typeof conformanceCase>;

export interface Table {
  readonly now: number;
  readonly types: FieldTypes;
  readonly events: readonly { readonly id: number; readonly document: JsonObject }[];
  readonly cases: readonly ConformanceCase[];
}

/** Throws with the place of the first thing that is not as README.md says. */
export function readTable(file: URL): Table {
  const data = tableFile.parse(getStaticTOMLValue(parseTOML(readFileSync(file, 'utf8'))));
  return {
    now: Date.parse(data.now ?? '2026-01-01T00:00:00Z'),
    types: fieldTypes((data.types ?? {}) as Record<string, FieldOverride['type'] | FieldOverride>),
    events: data.event.map(({ id, json }) => ({ id, document: readDocument(id, json) })),
    cases: data.case,
  };
}

function readDocument(id: number, json: string): JsonObject {
  const parsed = parseJson(json);
  if (!parsed.ok) throw new Error(`event ${id}: ${parsed.why}`);
  if (!isObject(parsed.value)) throw new Error(`event ${id}: not an object`);
  return parsed.value;
}
