/** Unpacks gzip and zstd, member after member, and gives everything that was unpacked before a damage. */
import { createZstdDecompress } from 'node:zlib';
import { GzipMember } from './gzip.ts';
import type { Member } from './member.ts';
import { StreamMember } from './member.ts';

/** Small pieces, since what a damaged piece held before the damage is lost. */
const PIECE_BYTES = 4 * 1024;

export interface Packing {
  readonly name: 'gzip' | 'zstd';
  readonly create: () => Member;
}

/** By the first bytes, because names lie: rotation and object stores name packed files as they like. */
export function packingOf(head: Buffer): Packing | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return GZIP;
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528 ? ZSTD : undefined;
}

const GZIP: Packing = { name: 'gzip', create: () => new GzipMember() };
const ZSTD: Packing = { name: 'zstd', create: () => new StreamMember(createZstdDecompress) };

/** @throws Error with the reason, after the last bytes that could be unpacked */
export async function* unpack(packed: AsyncIterable<Buffer>, packing: Packing): AsyncGenerator<Buffer> {
  let member = packing.create();
  let isPadded = false;
  for await (const chunk of packed) {
    // An unpacker that is at its end never answers again.
    if (isPadded && isPadding(chunk)) continue;
    if (isPadded) {
      yield* member.end();
      member = packing.create();
    }
    isPadded = false;
    for (let at = 0; at < chunk.length;) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      const before = member.consumed;
      yield* member.take(piece);
      at += member.consumed - before;
      if (member.consumed - before === piece.length) continue;
      isPadded = isPadding(chunk.subarray(at));
      if (isPadded) break;
      yield* member.end();
      member = packing.create();
    }
  }
  yield* member.end();
}

/** Tapes and some copying tools fill up with zeros. */
const isPadding = (rest: Buffer): boolean => rest.every((byte) => byte === 0);
