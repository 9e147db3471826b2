/** A thread that looks at the bytes that come next: it is told what rules ask of events, and nothing else of them. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Asked } from '../../engine/interest.ts';
import { EventInterest } from '../../engine/interest.ts';
import { indexingMatcher } from '../../engine/matcher.ts';
import { Questions, toldPaths } from '../../engine/questions.ts';
import { scanPiece } from '../../ingest/decode/fast/ahead.ts';
import { scannerFor } from '../../ingest/decode/fast/line-scanner.ts';
import { documentOf } from '../../ingest/document-of.ts';
import type { IngestOptions } from '../../ingest/types.ts';
import { replayPorts } from '../ports.ts';
import type { SharedMemory } from './shared-pieces.ts';
import { SharedPieces } from './shared-pieces.ts';

/** What a thread is told when it is made. */
export interface Briefing {
  readonly asked: Asked;
  readonly options: IngestOptions;
  readonly shared: SharedMemory;
}

const { asked, options, shared } = workerData as Briefing;
const port = parentPort;
const pieces = new SharedPieces(shared);
const screen = indexingMatcher(asked.conditions).screen?.(asked.fields, toldPaths(asked));
if (screen === undefined || port === null) throw new Error('This module is for threads of a scan.');
const positions = new Map(screen.paths.map((path, position) => [path, position]));
const fields = { isKnown: (field: string): boolean => pieces.known[positions.get(field) ?? -1] === 1 };
const interest = new EventInterest(screen, new Questions(asked), fields, replayPorts);
const document = (text: string) => documentOf(text, { file: '' }, options);

port.postMessage('begun');
// Until the thread is ended.
for (;;) {
  const slot = pieces.claimFirst();
  const found = pieces.slots[slot];
  if (found !== undefined) scanPiece(scannerFor(interest, options), pieces.piece(slot), document, found);
  pieces.finish(slot);
}
