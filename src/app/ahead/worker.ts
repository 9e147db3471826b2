/** A thread that looks at the bytes that come next: it is told what rules ask of events, and nothing else of them. */
import { once } from 'node:events';
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Asked } from '../../engine/interest.ts';
import { EventInterest } from '../../engine/interest.ts';
import { Questions, toldPaths } from '../../engine/questions.ts';
import type { LineScanner } from '../../ingest/decode/fast/line-scanner.ts';
import { scannerFor } from '../../ingest/decode/fast/line-scanner.ts';
import { documentAt } from '../../ingest/document-of.ts';
import { Matcher } from '../../exec/index/matcher.ts';
import type { SampleCounts } from '../../exec/index/sample.ts';
import { estimateOf } from '../../exec/index/sample.ts';
import type { IngestOptions } from '../../ingest/types.ts';
import { replayPorts } from '../ports.ts';
import { lookAt } from './look.ts';
import type { SharedMemory } from './shared-pieces.ts';
import { SharedPieces } from './shared-pieces.ts';

/** What a thread is told once rules are loaded. */
export interface Briefing {
  /** Its number, from 1 on. */
  readonly thread: number;
  readonly asked: Asked;
  readonly options: IngestOptions;
  readonly shared: SharedMemory;
  /** What rules were shown so far, once that is enough to file them by. */
  readonly shown: object | undefined;
}

const port = parentPort;
if (port === null) throw new Error('This module is for threads of a scan.');
const { thread, options, pieces, screen, interest } = begin(...((await once(port, 'message')) as [Briefing]));
const document = documentAt({ file: '' }, options);

/** Holds nothing of what is asked but what looking takes: the screen has the conditions in its own way. */
function begin({ thread: own, asked, options: given, shared, shown }: Briefing) {
  const memory = new SharedPieces(shared);
  const estimate = shown && estimateOf(shown as SampleCounts);
  const filed = new Matcher(asked.conditions, estimate).screen(asked.fields, toldPaths(asked));
  const positions = new Map(filed.paths.map((path, position) => [path, position]));
  const fields = { isKnown: (field: string): boolean => memory.known[positions.get(field) ?? -1] === 1 };
  const questions = new Questions({ ...asked, conditions: [] });
  const asks = new EventInterest(filed, questions, fields, replayPorts);
  return { thread: own, options: given, pieces: memory, screen: filed, interest: asks };
}

/** Rules are filed as the thread that reads files them, once it did. */
function scanner(): LineScanner {
  const told = receiveMessageOnPort(port as MessagePort) as { readonly message: SampleCounts } | undefined;
  if (told !== undefined) screen.take(told.message);
  return scannerFor(interest, options);
}

scanner();
port.postMessage('begun');
// Until the thread is ended. Filing rules takes long, in which nobody should wait for a piece.
for (;;) {
  pieces.waitForOffer();
  const current = scanner();
  const slot = pieces.claimFirst(thread);
  if (slot !== undefined) lookAt(pieces, slot, current, document);
}
