/** A thread that looks at pieces of the input, as the thread that reads sees it. */
import { Worker } from 'node:worker_threads';
import type { Interest } from '../../model/interest.ts';
import type { Answer, Briefing, Order } from './messages.ts';
import { BEGUN } from './messages.ts';

/** Pieces that a thread has at a time: the one that it looks at and the next, so that it need not wait for more. */
export const AT_A_TIME = 2;

/** Sources run as they are, and built. */
const EXTENSION = import.meta.filename.endsWith('.ts') ? '.ts' : '.js';

export class Thread {
  readonly #worker: Worker;
  readonly #interest: Interest;
  readonly #begun = Promise.withResolvers<undefined>();
  #hasBegun = false;
  /** Of the pieces that it has, the first one first. */
  readonly #answers: PromiseWithResolvers<Answer>[] = [];
  /** Positions of the paths of which it was not told that they are known. */
  #unknown: readonly number[];

  constructor(briefing: Briefing, interest: Interest) {
    this.#interest = interest;
    this.#unknown = [...interest.paths.keys()];
    this.#worker = new Worker(new URL(`./worker${EXTENSION}`, import.meta.url), { workerData: briefing });
    this.#worker.on('message', (message: Answer | typeof BEGUN) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(error));
    // Whoever waits for it hears of a failure, and nobody has to wait.
    this.#begun.promise.catch(() => undefined);
  }

  /** Rejects when the thread fails before it has begun. */
  get begun(): Promise<undefined> {
    return this.#begun.promise;
  }

  get hasRoom(): boolean {
    return this.#hasBegun && this.#answers.length < AT_A_TIME;
  }

  /** The bytes go there and come back: they cannot be used meanwhile. Rejects when the thread fails. */
  look(bytes: Buffer): Promise<Answer> {
    const answer = Promise.withResolvers<Answer>();
    this.#answers.push(answer);
    const piece = bytes.buffer as ArrayBuffer;
    const order: Order = { piece, known: this.#newlyKnown() };
    this.#worker.postMessage(order, [piece]);
    return answer.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #hear(message: Answer | typeof BEGUN): void {
    if (message !== BEGUN) return this.#answers.shift()?.resolve(message);
    this.#hasBegun = true;
    this.#begun.resolve(undefined);
  }

  #fail(error: unknown): void {
    this.#begun.reject(error);
    for (const answer of this.#answers.splice(0)) answer.reject(error);
  }

  #newlyKnown(): string[] {
    const { paths } = this.#interest;
    const known = this.#unknown.filter((path) => this.#interest.isKnown(path));
    if (known.length > 0) this.#unknown = this.#unknown.filter((path) => !this.#interest.isKnown(path));
    return known.map((path) => paths[path] ?? '');
  }
}
