/**
 * Takes credentials out of the bodies that audit logs carry (kubernetes §8.24): contents of secrets and config maps,
 * issued and reviewed tokens, and the copy of an object that kubectl keeps in an annotation. The names of entries stay.
 */
import { isObject, type JsonObject, type JsonValue } from '../../data/document.ts';
import { type Fields, listAt, objectAt, put, textAt } from '../fields.ts';
import { checkDepth } from './prune.ts';

export const REDACTED = '[redacted]';
export const LAST_APPLIED = 'last-applied-configuration';

const CONTENTS = ['data', 'stringData', 'binaryData'] as const;
const SECRET_PATH = /^\/(?:data|stringData|binaryData|(?:status|spec)\/token)(?:\/|$)/;
const SECRET_TEXT = /"(?:data|stringData|binaryData|token)\\*"\s*:/;

/** A request or response body, in place: an object, a list of objects, or a JSON patch. */
export function redactBody(body: JsonValue | undefined): void {
  if (Array.isArray(body)) for (const operation of body as readonly JsonValue[]) redactOperation(operation);
  else if (isObject(body)) redactObject(body as Fields);
}

function redactObject(body: Fields): void {
  for (const key of CONTENTS) if (body[key] !== undefined) body[key] = masked(body[key]);
  for (const part of ['status', 'spec'] as const) {
    const object = objectAt(body, part) as Fields | undefined;
    if (object !== undefined && typeof object.token === 'string') object.token = REDACTED;
  }
  for (const item of listAt(body, 'items') ?? []) if (isObject(item)) redactObject(item as Fields);
  for (const row of listAt(body, 'rows') ?? []) if (isObject(row)) redactBody(row.object);
}

function redactOperation(operation: JsonValue): void {
  if (!isObject(operation) || operation.value === undefined) return;
  const path = textAt(operation, 'path') ?? '';
  const fields = operation as Fields;
  if (SECRET_PATH.test(path) || path.includes(LAST_APPLIED)) fields.value = masked(fields.value);
  else if (path === '') redactBody(fields.value);
}

function masked(value: JsonValue | undefined): JsonValue {
  if (!isObject(value)) return REDACTED;
  const names: Fields = {};
  for (const name of Object.keys(value)) put(names, name, REDACTED);
  return names;
}

/** Everywhere below: the annotation in which kubectl keeps the object as it was last applied. */
export function redactLastApplied(value: JsonValue | undefined): void {
  checkDepth(value);
  scrub(value);
}

function scrub(value: JsonValue | undefined): void {
  if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) scrub(item);
  else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      if (key.endsWith(LAST_APPLIED)) put(value as Fields, key, REDACTED);
      else scrub(value[key]);
    }
  }
}

/** A body that is a text cannot be taken apart: it goes as a whole where it could hold a secret. */
export const redactedText = (text: string): string =>
  SECRET_TEXT.test(text) || text.includes(LAST_APPLIED) ? REDACTED : text;

/** Where documents that already are ECS keep request and response bodies. */
export const BODY_PATHS = ['kubernetes.audit', 'azure.platformlogs.properties.log']
  .flatMap((root) => [`${root}.requestObject`, `${root}.responseObject`])
  .concat('gcp.audit.request', 'gcp.audit.response');

const SECRET_FIELD =
  /^(?:(?:items|rows\.object)\.)?(?:(?:data|stringData|binaryData)(?:\.|$)|(?:status|spec)\.token$)/;
const ORIGINALS = ['event.original', 'message'] as const;

/** A document in ECS form, in place: the same fields, however their paths are split into keys. */
export function redactDocument(document: JsonObject): void {
  if (!redactBelow(document as Fields, '')) return;
  for (const path of ORIGINALS) redactOriginal(document as Fields, path);
}

/** Whether there are bodies at all: only then can the originals hold any. */
function redactBelow(object: Fields, prefix: string): boolean {
  let found = false;
  for (const key of Object.keys(object)) {
    const path = prefix + key;
    const body = BODY_PATHS.find((candidate) => path === candidate || path.startsWith(`${candidate}.`));
    if (body !== undefined) {
      found = true;
      redactField(object, key, path.slice(body.length + 1));
    } else if (BODY_PATHS.some((candidate) => candidate.startsWith(`${path}.`)) && isObject(object[key])) {
      found = redactBelow(object[key] as Fields, `${path}.`) || found;
    }
  }
  return found;
}

/** `rest` is the path inside the body, empty for the body itself. */
function redactField(object: Fields, key: string, rest: string): void {
  const value = object[key];
  if (SECRET_FIELD.test(rest) || rest.endsWith(LAST_APPLIED)) put(object, key, masked(value));
  else if (rest === '' && typeof value === 'string') put(object, key, redactedText(value));
  else if (rest === '') {
    redactBody(value);
    redactLastApplied(value);
  } else if (isObject(value)) {
    for (const inner of Object.keys(value)) redactField(value as Fields, inner, `${rest}.${inner}`);
  }
}

function redactOriginal(document: Fields, path: string): void {
  const [outer = '', inner] = path.split('.');
  const event = inner === undefined ? undefined : (objectAt(document, outer) as Fields | undefined);
  if (event !== undefined && inner !== undefined && typeof event[inner] === 'string')
    event[inner] = redactedText(event[inner]);
  if (typeof document[path] === 'string') document[path] = redactedText(document[path]);
}
