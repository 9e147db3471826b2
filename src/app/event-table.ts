/** How an answer shows events: when each was, what it says, where it stands. */
import type { Column, ColumnValue } from '../data/column.ts';
import { reasonOf } from '../engine/alert/reason/index.ts';
import type { EventEnvelope } from '../model/event.ts';
import { placeText } from '../model/place.ts';

export const EVENT_COLUMNS: readonly Column[] = [
  { name: '@timestamp', type: 'datetime' },
  { name: 'reason', type: 'keyword' },
  { name: 'source', type: 'keyword' },
];

export const eventCells = ({ time, document, origin }: EventEnvelope): ColumnValue[] => [
  time ?? null,
  reasonOf(document),
  placeText(origin),
];
