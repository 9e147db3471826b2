/** An anomaly that a machine learning job found (engine A5.8): what was odd about whom, and how much. */
import type { JsonObject } from '../../../data/document.ts';
import { objectsAt, valuesAt } from '../../../data/document.ts';
import { numberOf } from '../../../data/scalar.ts';
import { textAt, textsAt } from '../read.ts';
import { name, words } from '../wording.ts';

export const isAnomaly = (document: JsonObject): boolean =>
  textAt(document, 'job_id') !== undefined && textAt(document, 'result_type') === 'record';

export function anomalyReason(document: JsonObject): string {
  const split = SPLITS.flatMap(([kind, word]) => splitBy(document, kind, word));
  const told = new Set(split.map(({ field, value }) => `${field} ${value}`));
  const influences = influencesOf(document).filter((one) => !told.has(one));
  return [
    `${words('anomaly', scoreOf(document), 'in job', name(textAt(document, 'job_id') ?? ''))}: ${measured(document)}`,
    ...split.map(({ word, field, value }) => ` ${word} ${field} ${value}`),
    amounts(document),
    influences.length === 0 ? '' : `; influenced by ${influences.slice(0, MOST_INFLUENCES).join(', ')}`,
  ].join('');
}

/** Whom the anomaly is about: a user where one is named, else what the job compares, splits by or is about. */
export function anomalyEntity(document: JsonObject): { readonly actor?: string; readonly target?: string } {
  const named = [
    ...SPLITS.flatMap(([kind]) => pairOf(document, kind)),
    ...objectsAt(document, 'influencers').flatMap((one) =>
      textsAt(one, 'influencer_field_values').map((value) => ({
        field: textAt(one, 'influencer_field_name'),
        value,
      })),
    ),
  ];
  const [over, partition, by] = ['over', 'partition', 'by'].map((kind) => pairOf(document, kind)[0]?.value);
  const user = named.find(({ field }) => field === 'user.name')?.value;
  const actor = user ?? over ?? partition ?? by;
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(by === undefined || by === actor ? {} : { target: by }),
  };
}

const SPLITS = [
  ['by', 'by'],
  ['over', 'over'],
  ['partition', 'in'],
] as const;

const MOST_INFLUENCES = 3;

interface Split {
  readonly word: string;
  readonly field: string;
  readonly value: string;
}

function splitBy(document: JsonObject, kind: string, word: string): Split[] {
  return pairOf(document, kind).map(({ field, value }) => ({ word, field: name(field), value: name(value) }));
}

/** The field that a detector splits by, with its value. */
function pairOf(document: JsonObject, kind: string): { readonly field: string; readonly value: string }[] {
  const [field, value] = ['name', 'value'].map((part) => textAt(document, `${kind}_field_${part}`));
  return field === undefined || value === undefined ? [] : [{ field, value }];
}

/** `rare`, `mean of bytes`. */
function measured(document: JsonObject): string {
  const what = textAt(document, 'function') ?? textAt(document, 'function_description');
  const field = textAt(document, 'field_name');
  return words(
    what === undefined ? 'something unusual' : name(what),
    field !== undefined && `of ${name(field)}`,
  );
}

function scoreOf(document: JsonObject): string {
  const [score] = numbersAt(document, 'record_score');
  return score === undefined ? '' : `of score ${rounded(score)}`;
}

function amounts(document: JsonObject): string {
  const [actual, typical] = ['actual', 'typical'].map((field) =>
    numbersAt(document, field).map(rounded).join(', '),
  );
  if (actual === undefined || actual === '') return '';
  return `: ${actual}${typical === undefined || typical === '' ? '' : ` where ${typical} is typical`}`;
}

const influencesOf = (document: JsonObject): string[] =>
  objectsAt(document, 'influencers').flatMap((one) => {
    const field = textAt(one, 'influencer_field_name');
    return field === undefined
      ? []
      : textsAt(one, 'influencer_field_values').map((value) => `${name(field)} ${name(value)}`);
  });

const numbersAt = (document: JsonObject, path: string): number[] =>
  valuesAt(document, path).flatMap((value) => {
    const number = numberOf(value);
    return typeof number === 'number' ? [number] : [];
  });

/** Three digits say enough. */
const rounded = (value: number): string =>
  Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
