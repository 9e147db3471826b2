/** The list that an API server posts to a webhook (kubernetes §1.1). */
import { isObject, type JsonObject, type JsonValue } from '../../../data/document.ts';
import type { Envelope } from '../../delivery.ts';
import { listAt } from '../../fields.ts';
import { itemsWithin } from './payload.ts';
import { isAuditVersion } from '../../normalise/recognise.ts';

const eventList: Envelope = {
  fits: (record) =>
    Array.isArray(record.items) && (record.kind === 'EventList' || isAuditVersion(record.apiVersion)),
  signs: ['items'],
  open(record, delivery, opener) {
    const counter = delivery.counter ?? { next: 0 };
    const texts = itemsWithin(delivery, ['items']);
    for (const [i, item] of (listAt(record, 'items') ?? []).entries()) {
      const event = typed(item, record);
      const around = { ...delivery, counter, text: event === item ? texts?.[i] : undefined };
      if (isObject(event)) opener.inner(event, around);
      else opener.item(event, around);
    }
  },
};

/** Items may leave out what the list says for all of them. */
function typed(item: JsonValue, list: JsonObject): JsonValue {
  if (!isObject(item) || item.kind !== undefined) return item;
  return { kind: 'Event', apiVersion: list.apiVersion, ...item };
}

export const kubernetesEnvelopes: readonly Envelope[] = [eventList];
