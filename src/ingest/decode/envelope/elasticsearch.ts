/** Documents as Elasticsearch gives them back: hits, alone or in an answer, and the lines of its bulk format. */
import type { JsonObject } from '../../../data/document.ts';
import type { Envelope } from '../../delivery.ts';
import { listAt, objectAt, wordAt } from '../../fields.ts';
import { textWithin } from './payload.ts';

const hit: Envelope = {
  fits: (record) => objectAt(record, '_source') !== undefined,
  signs: ['_source'],
  open(record, delivery, opener) {
    const [id, index] = [wordAt(record, '_id'), wordAt(record, '_index')];
    const document = objectAt(record, '_source') ?? {};
    const ignored = listAt(record, '_ignored');
    const text = ignored === undefined ? textWithin(delivery, ['_source']) : undefined;
    const inner = ignored === undefined ? document : { ...document, _ignored: ignored };
    opener.inner(inner, { ...delivery, id, index, text });
  },
};

const answer: Envelope = {
  fits: (record) => Array.isArray(objectAt(record, 'hits')?.hits),
  signs: ['hits'],
  open(record, delivery, opener) {
    const counter = delivery.counter ?? { next: 0 };
    for (const item of listAt(objectAt(record, 'hits') ?? {}, 'hits') ?? [])
      opener.item(item, { ...delivery, counter });
  },
};

const BULK_ACTIONS = ['index', 'create'] as const;

const bulkAction: Envelope = {
  fits: (record) =>
    Object.keys(record).length === 1 && BULK_ACTIONS.some((action) => isTarget(objectAt(record, action))),
  signs: [...BULK_ACTIONS],
  open: (_record, _delivery, opener) => opener.skip('action line of the bulk format'),
};

const isTarget = (target: JsonObject | undefined): boolean =>
  target !== undefined &&
  Object.keys(target).every((key) => key.startsWith('_') || key === 'dynamic_templates');

export const elasticsearchEnvelopes: readonly Envelope[] = [hit, answer, bulkAction];
