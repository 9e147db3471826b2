/** Documents that already have the form that rules expect: kept as they are, without the credentials in bodies. */
import { isObject, type JsonObject, valuesAt } from '../../data/document.ts';
import { checkDepth } from './prune.ts';
import { isEcsDocument } from './recognise.ts';
import { redactDocument } from './redact.ts';
import type { Shape } from './shape.ts';
import { timeOf } from './time.ts';

export const ecsShape: Shape = {
  name: 'ecs',
  fits: (record) => isEcsDocument(record),
  normalise(record, delivery) {
    checkDepth(record);
    redactDocument(record);
    const time = timeOf(valuesAt(record, '@timestamp')[0]);
    const { index, id = eventId(record) } = delivery;
    const document = index === undefined ? record : { ...record, _index: index };
    return [{ document, time, identity: ['ecs', index, id] }];
  },
  hasIdentity: (record, delivery) => delivery.id !== undefined || eventId(record) !== undefined,
  keyedByContent: true,
};

function eventId(record: JsonObject): string | undefined {
  const id = isObject(record.event) ? record.event.id : record['event.id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}
