/** What all threads do with a piece of the input that they claimed. */
import { scanPiece } from '../../ingest/decode/fast/ahead.ts';
import type { DocumentOf, LineScanner } from '../../ingest/decode/fast/line-scanner.ts';
import type { LookedAt } from '../../ingest/decode/fast/ahead.ts';
import type { SharedPieces } from './shared-pieces.ts';

/** Reads it, if it was not read, and looks at it; what was found in what cannot be read is not used. */
export function lookAt(pieces: SharedPieces, slot: number, scanner: LineScanner, document: DocumentOf): void {
  const piece = pieces.claimed(slot);
  scanPiece(scanner, piece, document, pieces.slots[slot] as LookedAt);
  piece.readTo(piece.memory.length);
  pieces.finish(slot, piece.length);
}
