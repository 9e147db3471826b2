/** Fingerprints of texts: the same as the scanner makes, for records that are decoded. */
import { Machine } from './machine.ts';
import { INPUT_BYTES } from './offsets.ts';

/** 64 bits that nobody can foretell who does not know the secret of this process; the upper half is never 0. */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

let machine: Machine | undefined;

function ourMachine(): Machine {
  return (machine ??= new Machine({ build: () => undefined, lookUp: () => undefined }));
}

export function fingerprintOf(content: string | Uint8Array): Fingerprint {
  const whole = typeof content === 'string' ? Buffer.from(content) : content;
  const { functions, bytes } = ourMachine();
  const input = functions.input.value;
  functions.beginFingerprint();
  for (let from = 0; from < whole.length; from += INPUT_BYTES) {
    const piece = whole.subarray(from, from + INPUT_BYTES);
    bytes.set(piece, input);
    functions.addToFingerprint(input, piece.length);
  }
  functions.endFingerprint(functions.scratch.value);
  const { words } = ourMachine();
  const at = functions.scratch.value >>> 2;
  return { high: words[at + 1] as number, low: words[at] as number };
}

/** Of an identity, and for some shapes of the content; each part goes in with its length, so that none can pose as another. */
export function keyFingerprint(
  parts: readonly (string | undefined)[],
  content: Fingerprint | undefined,
): Fingerprint {
  const pieces = parts.flatMap((part) => {
    if (part === undefined) return [NOTHING];
    const text = Buffer.from(part);
    return [lengthOf(text.length), text];
  });
  if (content !== undefined) pieces.push(bytesOf(content));
  return fingerprintOf(Buffer.concat(pieces));
}

/** Of a key that another record has, too, with what tells them apart. */
export const extended = (key: Fingerprint, by: Fingerprint): Fingerprint =>
  fingerprintOf(Buffer.concat([bytesOf(key), bytesOf(by)]));

const NOTHING = Buffer.alloc(4, 0xff);

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
}

function bytesOf({ high, low }: Fingerprint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(low);
  bytes.writeUInt32LE(high, 4);
  return bytes;
}
