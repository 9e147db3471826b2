/** Records that have given values at paths of their documents: ECS documents, and audit events as the API server writes them. */
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { isObject } from '../../src/data/document.ts';
import { AUDIT_PATH, COPIES } from '../../src/ingest/normalise/audit-fields.ts';
import { auditEvent } from '../support/ingest.ts';

const START = Date.UTC(2026, 0, 2);

/** An ECS document; `number` tells it from others. */
export function ecsRecord(values: JsonObject, number: number): JsonObject {
  const base = {
    '@timestamp': new Date(START + number * 1000).toISOString(),
    event: { kind: 'event', id: `event-${number}` },
  };
  return Object.entries(values).reduce<JsonObject>(
    (record, [path, value]) => withValue(record, path.split('.'), value ?? null),
    base,
  );
}

/** An audit event; undefined when none of the values can stand in one. */
export function auditRecord(values: JsonObject, number: number): JsonObject | undefined {
  const base = auditEvent({
    auditID: `audit-${number}`,
    stageTimestamp: new Date(START + number * 1000).toISOString(),
  });
  const placed = Object.entries(values).flatMap(([path, value]) => placesOf(path, value ?? null));
  if (placed.length === 0) return undefined;
  return placed.reduce((record, [keys, value]) => withValue(record, keys, value), base);
}

/** An audit event in an ECS document, and around it what the event cannot say, or says too. */
export function carriedRecord(values: JsonObject, number: number): JsonObject {
  const isInside = (path: string): boolean => path.startsWith(`${AUDIT_PATH}.`);
  const around = Object.entries(values).filter(([path]) => !isInside(path));
  const event = auditRecord(values, number) ?? auditRecord({ [`${AUDIT_PATH}.level`]: 'Metadata' }, number);
  return withValue(ecsRecord(Object.fromEntries(around), number), AUDIT_PATH.split('.'), event ?? null);
}

/** Where the API server writes what a document has at the path. */
function placesOf(path: string, value: JsonValue): (readonly [keys: string[], value: JsonValue])[] {
  const own = path.startsWith(`${AUDIT_PATH}.`) ? path.slice(AUDIT_PATH.length + 1) : undefined;
  if (own !== undefined) return [[keysOf(own), value]];
  return COPIES.filter(({ to }) => to === path)
    .slice(0, 1)
    .map(({ from, values }) => {
      const original = [...(values ?? [])].find(([, become]) => become === value)?.[0];
      return [keysOf(from[0] ?? ''), original ?? value];
    });
}

/** Dots in the names of annotations become underscores on the way. */
function keysOf(path: string): string[] {
  const [first = '', ...rest] = path.split('.');
  return first === 'annotations' ? [first, rest.join('.').replaceAll('_', '.')] : [first, ...rest];
}

/** What stands in the way gives way. */
function withValue(record: JsonObject, [key = '', ...rest]: readonly string[], value: JsonValue): JsonObject {
  if (rest.length === 0) return { ...record, [key]: value };
  const inner = record[key];
  return { ...record, [key]: withValue(isObject(inner) ? inner : {}, rest, value) };
}
