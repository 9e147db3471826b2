/** Where a record was read, in words: for messages and summaries. */
import type { Origin } from './event.ts';

/** `audit.log:12`, `audit.json (byte 3141)`, `batch.json:1 (item 3)`: items are counted from 1 for people. */
export function placeText({ file, line, offset, item }: Origin): string {
  const details = [
    ...(line === undefined && offset !== undefined ? [`byte ${offset}`] : []),
    ...(item === undefined ? [] : [`item ${item + 1}`]),
  ];
  const at = line === undefined ? file : `${file}:${line}`;
  return details.length === 0 ? at : `${at} (${details.join(', ')})`;
}
