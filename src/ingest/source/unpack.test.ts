import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { packingOf, unpack } from './unpack.ts';

/** What comes out of bytes that come in pieces, and how it ended. */
async function unpacked(packed: Buffer, pieceBytes: number): Promise<{ text: string; end: string }> {
  const packing = packingOf(packed);
  assert.ok(packing !== undefined);
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < packed.length; at += pieceBytes) yield packed.subarray(at, at + pieceBytes);
  }
  let text = '';
  try {
    for await (const bytes of unpack(pieces(), packing)) text += bytes.toString('latin1');
    return { text, end: '' };
  } catch (error) {
    return { text, end: (error as Error).message };
  }
}

const long = Array.from({ length: 4000 }, (_, n) => `line ${Math.imul(n, 0x9e3779b1)}\n`).join('');
const short = 'a line\n';
const PIECES = [1, 3, 4096, 65_536];

test('members of gzip and zstd behind one another are one text, wherever pieces end', async () => {
  for (const pack of [gzipSync, zstdCompressSync])
    for (const size of PIECES) {
      const members = [short, '', short].map((text) => pack(text));
      const several = size < 10 ? members : [...members, pack(long), pack(short)];
      const expected = size < 10 ? short + short : short + short + long + short;
      assert.deepEqual(await unpacked(Buffer.concat(several), size), { text: expected, end: '' });
    }
});

/** With all that a header may have; the lengths are those of its parts. */
function member(flags: number): Buffer {
  const plain = gzipSync(short);
  const parts = [
    Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]),
    (flags & 4) === 0 ? '' : Buffer.from([3, 0, 1, 0, 2]),
    (flags & 8) === 0 ? '' : Buffer.from('a name\0'),
    (flags & 16) === 0 ? '' : Buffer.from('a comment\0'),
    (flags & 2) === 0 ? '' : Buffer.from([7, 7]),
    deflateRawSync(short),
    plain.subarray(-8),
  ];
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

test('whatever a header of gzip has is passed over', async () => {
  for (let flags = 0; flags < 32; flags++)
    for (const size of PIECES)
      assert.deepEqual(await unpacked(Buffer.concat([member(flags), member(flags)]), size), {
        text: short + short,
        end: '',
      });
});

test('what lies before the end of bytes that are cut is unpacked, and that they are cut is told', async () => {
  for (const whole of [member(31), gzipSync(short)])
    for (let length = 2; length < whole.length; length++)
      for (const size of [1, 4096]) {
        const { text, end } = await unpacked(whole.subarray(0, length), size);
        assert.equal(end, 'unexpected end of file', `${length}`);
        assert.ok(short.startsWith(text));
        if (length >= whole.length - 8) assert.equal(text, short);
      }
});

test('nothing is lost to what stands behind the end of packed bytes', async () => {
  for (const [pack, why] of [
    [gzipSync, /^incorrect header check$/],
    [zstdCompressSync, /./],
  ] as const)
    for (const size of PIECES.slice(2))
      for (const rest of ['dirt', '\x1fdirt', '\0\0dirt', '\x1f\x8b\x08\xff', 'x'.repeat(5000)]) {
        const { text, end } = await unpacked(Buffer.concat([pack(long), Buffer.from(rest, 'latin1')]), size);
        assert.ok(text === long, `${rest.slice(0, 8)} ${size}: ${text.length} of ${long.length}`);
        assert.match(end, rest.startsWith('\x1f\x8b') ? /./ : why);
      }
  for (const size of PIECES)
    assert.deepEqual(await unpacked(Buffer.concat([gzipSync(short), Buffer.alloc(100)]), size), {
      text: short,
      end: '',
    });
});

test('a checksum or a length that is wrong is told behind all that was unpacked', async () => {
  const packed = gzipSync(long);
  for (const [from, why] of [
    [8, 'incorrect data check'],
    [4, 'incorrect length check'],
  ] as const) {
    const damaged = Buffer.from(packed);
    damaged.writeUInt8(damaged.readUInt8(packed.length - from) ^ 1, packed.length - from);
    assert.deepEqual(await unpacked(damaged, 4096), { text: long, end: why });
  }
});
