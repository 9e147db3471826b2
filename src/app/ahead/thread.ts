/** A thread that looks at pieces of the input, as the thread that reads sees it. */
import { Worker } from 'node:worker_threads';
import type { Briefing } from './worker.ts';

/** Sources run as they are, and built. */
const EXTENSION = import.meta.filename.endsWith('.ts') ? '.ts' : '.js';

export class Thread {
  readonly #worker: Worker;
  readonly #begun = Promise.withResolvers<undefined>();
  /** What ended the thread before its time. */
  failure: Error | undefined;

  constructor(briefing: Briefing) {
    this.#worker = new Worker(new URL(`./worker${EXTENSION}`, import.meta.url), { workerData: briefing });
    this.#worker.on('message', () => this.#begun.resolve(undefined));
    this.#worker.on('error', (error) => this.#fail(error as Error));
    this.#begun.promise.catch(() => undefined);
  }

  /** When it can look at something. Rejects when the thread fails before. */
  get begun(): Promise<undefined> {
    return this.#begun.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.failure = error;
    this.#begun.reject(error);
  }
}
