/** Keys of events and requests: short hashes that nobody can forge. */
import { hash } from 'node:crypto';
import type { Origin } from '../../model/event.ts';

/** 160 bits as base64url: what Elasticsearch's own ids look like, and long enough against anyone. */
const KEY_LENGTH = 27;

/** Each part goes in with its length, so that no part can pose as another. */
export function keyOf(parts: readonly (string | undefined)[]): string {
  let material = '';
  for (const part of parts) material += part === undefined ? '\u0000-' : `\u0000${part.length}:${part}`;
  return digestOf(material);
}

/** Of bytes as of the text that they spell. */
export const digestOf = (text: string | Buffer): string =>
  hash('sha256', text, 'base64url').slice(0, KEY_LENGTH);

/** What earlier records make necessary to add to a key: the content, the place, both, or nothing. */
export const WITH_CONTENT = 1;
export const WITH_PLACE = 2;

/** What goes into a key besides the identity of its event. */
export function keyAdditions(
  keyedByContent: boolean,
  sameKeys: number,
  content: () => string,
  origin: Origin,
): string[] {
  const additions: string[] = [];
  if (keyedByContent) additions.push(content());
  if ((sameKeys & WITH_CONTENT) !== 0) additions.push(content());
  if ((sameKeys & WITH_PLACE) !== 0) additions.push(JSON.stringify(origin));
  return additions;
}
