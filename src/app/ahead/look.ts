/** What all threads do with a piece of the input that they claimed. */
import { scanPiece } from '../../ingest/decode/fast/ahead.ts';
import type { DocumentOf, LineScanner } from '../../ingest/decode/fast/line-scanner.ts';
import type { LookedAt } from '../../ingest/decode/fast/ahead.ts';
import type { SharedPieces } from './shared-pieces.ts';

/** Reads it, if it was not read, and looks at it; nobody can look at what cannot be read. */
export function lookAt(pieces: SharedPieces, slot: number, scanner: LineScanner, document: DocumentOf): void {
  const bytes = pieces.read(slot);
  if (bytes !== undefined) scanPiece(scanner, bytes, document, pieces.slots[slot] as LookedAt);
  pieces.finish(slot);
}
