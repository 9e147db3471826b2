/** The document of a record that is known to be sound and one event: for one that was only scanned. */
import { isObject, type JsonObject, type JsonValue } from '../data/document.ts';
import type { Origin } from '../model/event.ts';
import { envelopeOf } from './decode/envelope/index.ts';
import { parseJson } from './decode/json.ts';
import type { DocumentOf } from './decode/fast/line-scanner.ts';
import type { Delivery, Opener } from './delivery.ts';
import { documentShapeOf, shapeOf } from './normalise/index.ts';
import type { IngestOptions } from './types.ts';

/** Of the text of one record, which came so; of the events that it is, which one, counted from 0. */
export const documentOf = (
  text: string,
  delivery: Delivery,
  options: IngestOptions,
  which: number,
): JsonObject => documentIn(objectOf(text), { ...delivery, text }, options, which) ?? {};

/** Of one of the records that a text carries, counted from 1, or with 0 of the only one that it carries or is. */
export const documentAt =
  (origin: Origin, options: IngestOptions): DocumentOf =>
  (text, item, which) => {
    const delivery = { origin, text, depth: 0 };
    const value = objectOf(text);
    const carried = carriedBy(value, delivery, options)[Math.max(0, item - 1)];
    return carried === undefined
      ? (documentIn(value, delivery, options, which) ?? {})
      : documentOf(carried.text ?? '', carried, options, which);
  };

/** The records that an object carries, each with its text and how it comes; nothing where some have no text of their own. */
export function carriedBy(
  value: JsonObject,
  delivery: Delivery,
  options: IngestOptions,
): readonly Delivery[] {
  const carried: Delivery[] = [];
  const line: Opener['line'] = (text, around) => carried.push({ ...around, text });
  const part: Opener['part'] = (_stream, text, _isComplete, around) => line(text, around);
  const inner: Opener['inner'] = (_value, around) => carried.push(around);
  const envelope = shapeOf(value, delivery, options.shape) === undefined ? envelopeOf(value) : undefined;
  envelope?.open(value, delivery, { ...NOTHING_ELSE, inner, line, part });
  return carried.every(({ text }) => text !== undefined) ? carried : [];
}

function documentIn(
  value: JsonValue,
  delivery: Delivery,
  options: IngestOptions,
  which: number,
): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  const known = shapeOf(value, delivery, options.shape);
  const envelope = known === undefined ? envelopeOf(value) : undefined;
  if (envelope === undefined) {
    const outcome = (known ?? documentShapeOf(value, options.shape))?.normalise(value, delivery, options);
    return typeof outcome === 'string' ? undefined : outcome?.[which]?.document;
  }
  let found: JsonObject | undefined;
  const inner: Opener['inner'] = (one, around) => (found = documentIn(one, around, options, which));
  envelope.open(value, delivery, { ...NOTHING_ELSE, inner });
  return found;
}

const ignore = (): void => undefined;
const NOTHING_ELSE = {
  item: ignore,
  line: ignore,
  part: ignore,
  bytes: ignore,
  skip: ignore,
  refuse: ignore,
};

/** The object that a text is, which was read before. */
export function objectOf(text: string): JsonObject {
  const parsed = parseJson(text);
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}
