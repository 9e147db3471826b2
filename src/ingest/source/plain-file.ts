/** A file whose bytes lie in it as they are, so that any part of it can be read by any thread. */
import { readSync } from 'node:fs';

export interface PlainFile {
  readonly descriptor: number;
  /** In bytes, when it was found. */
  readonly size: number;
  /** Fills the memory from this offset on; gives less at the end. What goes wrong ends the bytes and is told by their source. */
  read(memory: Buffer, at: number): Buffer;
  /** So many more bytes of it were used. */
  count(bytes: number): void;
  close(): Promise<void>;
}

/**
 * Fills the memory with what lies at this offset of a file, and gives how many bytes there were: fewer only at the end.
 * @throws what the system says
 */
export function readFully(descriptor: number, memory: Buffer, at: number): number {
  let filled = 0;
  while (filled < memory.length) {
    const read = readSync(descriptor, memory, filled, memory.length - filled, at + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
