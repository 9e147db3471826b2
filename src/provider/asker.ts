/** Runs beside the engine's thread, which waits for it: puts questions and leaves what came of them. */
import type { MessagePort } from 'node:worker_threads';
import { workerData } from 'node:worker_threads';
import type { Endpoint, Question } from './wire.ts';
import { askOverHttp } from './wire.ts';

const { endpoint, flag, port } = workerData as {
  readonly endpoint: Endpoint;
  readonly flag: Int32Array;
  readonly port: MessagePort;
};

port.on('message', (question: Question) => void tell(question));

async function tell(question: Question): Promise<void> {
  port.postMessage(await askOverHttp(endpoint, question));
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}
