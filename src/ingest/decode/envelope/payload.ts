/** Payloads inside envelopes: base64, packed or not, and what stands there as it is. */
import { gunzipSync } from 'node:zlib';
import type { Delivery } from '../../delivery.ts';
import { PAYLOAD_BYTES } from '../../limits.ts';
import { jsonItems, jsonPart } from '../json-part.ts';

/** The bytes of a base64 text, unpacked where they are gzip; undefined when they are broken or unfold beyond bounds. */
export function payloadBytes(base64: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/_\-\s]+={0,2}\s*$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: PAYLOAD_BYTES });
  } catch {
    return undefined;
  }
}

/** The text of what lies at a path of keys, where the envelope is one JSON text. */
export const textWithin = ({ text }: Delivery, path: readonly string[]): string | undefined =>
  text === undefined ? undefined : jsonPart(text, path);

/** The texts of the items of a list there. */
export function itemsWithin(delivery: Delivery, path: readonly string[]): readonly string[] | undefined {
  const list = textWithin(delivery, path);
  return list === undefined ? undefined : jsonItems(list);
}
