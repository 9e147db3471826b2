/** Keys of events and requests: short hashes that nobody can forge. */
import { hash } from 'node:crypto';

/** 160 bits as base64url: what Elasticsearch's own ids look like, and long enough against anyone. */
const KEY_LENGTH = 27;

/** Each part goes in with its length, so that no part can pose as another. */
export function keyOf(parts: readonly (string | undefined)[]): string {
  let material = '';
  for (const part of parts) material += part === undefined ? '\u0000-' : `\u0000${part.length}:${part}`;
  return digestOf(material);
}

export const digestOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, KEY_LENGTH);
