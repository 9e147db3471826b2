/** A thread that looks at the bytes that come next: it is told what rules ask of events, and nothing else of them. */
import { parentPort, workerData } from 'node:worker_threads';
import { EventInterest } from '../engine/interest.ts';
import { indexingMatcher } from '../engine/matcher.ts';
import { Questions } from '../engine/questions.ts';
import { scanPiece } from '../ingest/decode/fast/ahead.ts';
import { LineScanner } from '../ingest/decode/fast/line-scanner.ts';
import { documentOf } from '../ingest/document-of.ts';
import { replayPorts } from './ports.ts';
import type { Answer, Briefing, Order } from './scan-ahead.ts';

const { asked, options } = workerData as Briefing;
const known = new Set<string>();

const screen = indexingMatcher(asked.conditions).screen?.(asked.fields);
if (screen === undefined || parentPort === null) throw new Error('This module is for threads of a scan.');
const interest = new EventInterest(
  screen,
  new Questions(asked),
  { isKnown: (field) => known.has(field) },
  replayPorts,
);
const scanner = new LineScanner(interest, options);

const port = parentPort;
port.on('message', ({ piece, known: fieldsKnown }: Order) => {
  for (const field of fieldsKnown) known.add(field);
  const scan = scanPiece(scanner, Buffer.from(piece), (shape, text) =>
    documentOf(shape, text, { file: '' }, options),
  );
  const answer: Answer = { piece, scan };
  port.postMessage(answer, [piece, ...scan.runs.map(({ words }) => words.buffer as ArrayBuffer)]);
});
