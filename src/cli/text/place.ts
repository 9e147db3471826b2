import type { Origin } from '../../model/event.ts';

/** `audit.log:12`, `audit.json (byte 3141)`, `batch.json:1 (item 3)`: items are counted from 1 for people. */
export function placeText({ file, line, offset, item }: Origin): string {
  const at = line === undefined ? file : `${file}:${line}`;
  const details = [
    ...(line === undefined && offset !== undefined ? [`byte ${offset}`] : []),
    ...(item === undefined ? [] : [`item ${item + 1}`]),
  ];
  return details.length === 0 ? at : `${at} (${details.join(', ')})`;
}
