/** Texts that differ anywhere have other fingerprints: whoever has the same one is passed over as a repeat. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extended, type Fingerprint, fingerprintOf, keyFingerprint } from './fingerprints.ts';
import { HASHED_BYTES, INPUT_BYTES } from './offsets.ts';

const written = ({ high, low }: Fingerprint): string => `${high} ${low}`;
const of = (bytes: Uint8Array): string => written(fingerprintOf(bytes));

const LENGTHS = [
  0,
  1,
  2,
  7,
  8,
  15,
  16,
  17,
  31,
  32,
  33,
  63,
  64,
  65,
  HASHED_BYTES - 1,
  HASHED_BYTES,
  HASHED_BYTES + 1,
];

test('every byte counts, and so does each bit of it', () => {
  for (const length of [...LENGTHS, 3 * HASHED_BYTES + 21]) {
    const bytes = Buffer.alloc(length, 'event ');
    const seen = new Set([of(bytes)]);
    for (let at = 0; at < length; at++) {
      const [was, bit] = [bytes[at] as number, at % 8];
      bytes[at] = was ^ (1 << bit);
      seen.add(of(bytes));
      bytes[at] = was;
    }
    assert.equal(seen.size, length + 1, `${length} bytes`);
    assert.ok(seen.has(of(Buffer.from(bytes))));
  }
});

test('zeros behind a text count, too', () => {
  for (const length of LENGTHS) {
    const bytes = Buffer.concat([Buffer.alloc(length, 'x'), Buffer.alloc(70)]);
    const all = Array.from({ length: 70 }, (_, zeros) => of(bytes.subarray(0, length + zeros)));
    assert.equal(new Set(all).size, 70, `${length} bytes`);
  }
});

test('blocks and words that change places count', () => {
  const [one, other] = [Buffer.alloc(HASHED_BYTES, 'a'), Buffer.alloc(HASHED_BYTES, 'b')];
  assert.notEqual(of(Buffer.concat([one, other])), of(Buffer.concat([other, one])));
  const words = ['0123', '4567', '89ab', 'cdef', 'ghij', 'klmn', 'opqr', 'stuv', 'wxyz'];
  const swapped = words.flatMap((_, from) =>
    words.map((_, to) => {
      const row = [...words];
      [row[from], row[to]] = [row[to] as string, row[from] as string];
      return row.join('');
    }),
  );
  assert.equal(new Set(swapped.map((text) => of(Buffer.from(text)))).size, new Set(swapped).size);
});

test('long texts count to their last byte', () => {
  const bytes = Buffer.alloc(INPUT_BYTES + 5, 'y');
  const before = of(bytes);
  bytes[bytes.length - 1] = 0;
  assert.notEqual(of(bytes), before);
});

test('parts of an identity cannot pose as one another', () => {
  const keys = [
    ['a', 'b'],
    ['ab'],
    ['ab', ''],
    ['', 'ab'],
    ['ab', undefined],
    [undefined, 'ab'],
    ['a', 'b', ''],
    [],
  ];
  const content = fingerprintOf('x');
  const all = keys.flatMap((parts) => [keyFingerprint(parts, undefined), keyFingerprint(parts, content)]);
  all.push(extended(content, fingerprintOf('y')), extended(fingerprintOf('y'), content));
  assert.equal(new Set(all.map(written)).size, all.length);
});
