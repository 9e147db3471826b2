/** A language model behind HTTP, within a budget. Another thread speaks to it while this one waits (decision 0440). */
import type { MessagePort } from 'node:worker_threads';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Provider, Reply } from './completion.ts';
import type { Endpoint, Question, Told } from './wire.ts';

export interface HttpOptions {
  readonly endpoint: Endpoint;
  /** Milliseconds for one question, its repeats included. */
  readonly timeout: number;
  /** Of the whole run; a repeat is a request too. */
  readonly requests: number;
  readonly tokens: number;
}

/** Tokens of one answer: the rules ask for a line. */
const ANSWER_TOKENS = 512;
/** How much longer than its time-out the other thread is waited for, in milliseconds. */
const GRACE = 2_000;

export function httpProvider(options: HttpOptions): Provider {
  const caller = new Caller(options.endpoint);
  const used = { requests: 0, tokens: 0 };
  return {
    name: 'http',
    used,
    close: () => caller.close(),
    ask(prompt) {
      const [left, tokens] = [options.requests - used.requests, options.tokens - used.tokens];
      if (left <= 0) return { reason: `the budget of ${options.requests} requests is used up` };
      if (estimate(prompt) > tokens) return { reason: `the budget of ${options.tokens} tokens is used up` };
      const { timeout } = options;
      const told = caller.ask({
        prompt,
        timeout,
        attempts: left,
        mostTokens: Math.min(ANSWER_TOKENS, tokens),
      });
      used.requests += told.requests;
      used.tokens += tokensOf(prompt, told.reply);
      return told.reply;
    },
  };
}

/** About four characters are a token. */
const estimate = (text: string): number => Math.ceil(text.length / 4);

/** A request that failed may have been read all the same. */
const tokensOf = (prompt: string, reply: Reply): number =>
  'answer' in reply ? (reply.tokens ?? estimate(prompt) + estimate(reply.answer)) : estimate(prompt);

/** Lies beside this file below `src` and below `dist`. */
const asker = new URL(`./asker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

class Caller {
  readonly #endpoint: Endpoint;
  #line: { readonly worker: Worker; readonly port: MessagePort; readonly flag: Int32Array } | undefined;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  ask(question: Question): Told {
    const { port, flag } = (this.#line ??= this.#open());
    Atomics.store(flag, 0, 0);
    port.postMessage(question);
    Atomics.wait(flag, 0, 0, question.timeout + GRACE);
    const received = receiveMessageOnPort(port) as { readonly message: Told } | undefined;
    if (received !== undefined) return received.message;
    // What comes later would be taken for the answer to the next question.
    this.close();
    return { reply: { reason: 'timed out' }, requests: 1 };
  }

  close(): void {
    void this.#line?.worker.terminate();
    this.#line = undefined;
  }

  #open() {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const { port1, port2 } = new MessageChannel();
    const workerData = { endpoint: this.#endpoint, flag, port: port2 };
    const worker = new Worker(asker, { workerData, transferList: [port2] });
    worker.unref();
    port1.unref();
    return { worker, port: port1, flag };
  }
}
