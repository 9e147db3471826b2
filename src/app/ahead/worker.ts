/** A thread that looks at the bytes that come next: it is told what rules ask of events, and nothing else of them. */
import { parentPort, workerData } from 'node:worker_threads';
import { EventInterest } from '../../engine/interest.ts';
import { indexingMatcher } from '../../engine/matcher.ts';
import { Questions } from '../../engine/questions.ts';
import { scanPiece } from '../../ingest/decode/fast/ahead.ts';
import { scannerFor } from '../../ingest/decode/fast/line-scanner.ts';
import { documentOf } from '../../ingest/document-of.ts';
import { replayPorts } from '../ports.ts';
import type { Answer, Briefing, Order } from './messages.ts';
import { BEGUN } from './messages.ts';

const { asked, options } = workerData as Briefing;
const known = new Set<string>();

const port = parentPort;
const screen = indexingMatcher(asked.conditions).screen?.(asked.fields);
if (screen === undefined || port === null) throw new Error('This module is for threads of a scan.');
const fields = { isKnown: (field: string): boolean => known.has(field) };
const interest = new EventInterest(screen, new Questions(asked), fields, replayPorts);

port.on('message', ({ piece, known: newlyKnown }: Order) => {
  for (const field of newlyKnown) known.add(field);
  const scanner = scannerFor(interest, options);
  const scan = scanPiece(scanner, Buffer.from(piece), (text) => documentOf(text, { file: '' }, options));
  const answer: Answer = { piece, scan };
  port.postMessage(answer, [piece, ...scan.runs.map(({ words }) => words.buffer as ArrayBuffer)]);
});
port.postMessage(BEGUN);
