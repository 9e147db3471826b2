/** A thread that looks at pieces of the input, as the thread that reads sees it. */
import { Worker } from 'node:worker_threads';
import type { Briefing } from './worker.ts';

/** Sources run as they are, and built. */
const EXTENSION = import.meta.filename.endsWith('.ts') ? '.ts' : '.js';

export class Thread {
  readonly #worker: Worker;
  readonly #begun = Promise.withResolvers<undefined>();
  /** The mistake that ended it. */
  failure: Error | undefined;
  /** Nothing will come of what it looked at last: it is not there any more. */
  hasEnded = false;

  /** It loads its modules, and waits for its briefing. */
  constructor() {
    this.#worker = new Worker(new URL(`./worker${EXTENSION}`, import.meta.url));
    this.#worker.on('message', () => this.#begun.resolve(undefined));
    this.#worker.on('error', (error) => this.#fail(error as NodeJS.ErrnoException));
    this.#worker.on('exit', () => this.#end());
    this.#begun.promise.catch(() => undefined);
  }

  brief(briefing: Briefing): void {
    this.#tell(briefing);
  }

  /** What the rules were shown when they chose anew what is looked up. */
  show(shown: object): void {
    this.#tell(shown);
  }

  /** When it can look at something. Rejects when the thread ends before. */
  get begun(): Promise<undefined> {
    return this.#begun.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(message: object): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    this.#worker.postMessage(message);
  }

  #fail(error: NodeJS.ErrnoException): void {
    this.#begun.reject(error);
    // There is memory for one thread less, and the others go on.
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') this.failure = error;
  }

  #end(): void {
    this.hasEnded = true;
    this.#begun.reject(new Error('A thread of the scan ended before it could look at anything.'));
  }
}
