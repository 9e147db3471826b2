/** What is to be done about a record whose key was seen before. */
import type { Fingerprint } from './decode/fast/fingerprints.ts';
import { extended } from './decode/fast/fingerprints.ts';
import { WITH_CONTENT, WITH_PLACE } from './normalise/key.ts';
import type { Repeats, Sighting } from './normalise/repeats.ts';

/** Of a record that was read before, and is dropped for it. */
export const REPEATED = -1;
export const REPEATED_RECORD = 'repeated record';

/** What a record shows of itself when it comes again. */
export interface Sighted {
  readonly key: Fingerprint;
  readonly content: Fingerprint;
  readonly hasIdentity: boolean;
}

/**
 * What goes into the key besides the identity, as `keyAdditions` takes it. Byte-equal repeats go, unless the records have no
 * identity; what only shares the key gets a key of its own.
 */
export function sameKeysOf(repeats: Repeats, sighting: Sighting, record: Sighted): number {
  if (sighting === 'new') return 0;
  const { key, content, hasIdentity } = record;
  let latest: Sighting = sighting;
  let sameKeys = 0;
  if (sighting === 'same key, other content') {
    const other = extended(key, content);
    latest = repeats.see(other.high, other.low, content.high, content.low);
    sameKeys = WITH_CONTENT;
  }
  if (latest !== 'repeat') return sameKeys;
  return hasIdentity ? REPEATED : sameKeys | WITH_PLACE;
}
