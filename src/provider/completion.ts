/**
 * Who answers the questions of COMPLETION (esql §1.7). The engine asks and waits, since it computes a window in one go;
 * the same question is put once in a run, so that a window that is computed again finds the same rows.
 */
import { hash } from 'node:crypto';
import type { Complete } from '../engine/ports.ts';
import type { CompletionSummary } from '../model/summary.ts';

/** What came of one question; `reason` is short and the same for the same kind of failure, so that it can be counted. */
export type Reply = { readonly answer: string; readonly tokens?: number } | { readonly reason: string };

export interface Provider {
  readonly name: CompletionSummary['provider'];
  /** Never throws. */
  ask(prompt: string): Reply;
  /** Requests that were sent and tokens that were used, where that means anything. */
  readonly used: Pick<CompletionSummary, 'requests' | 'tokens'>;
  close(): void;
}

/** Different questions of one run that are remembered; those beyond get no answer. */
const QUESTIONS = 10_000;

export class Questions {
  readonly #provider: Provider;
  readonly #replies = new Map<string, Reply>();
  #over = 0;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  /** The id of a rule names a model of Elastic's; the provider's own model answers. */
  readonly complete: Complete = (prompt, inferenceId) => {
    const key = hash('sha256', `${inferenceId}\n${prompt}`, 'hex');
    const known = this.#replies.get(key) ?? this.#ask(key, prompt);
    return known !== undefined && 'answer' in known ? known.answer : undefined;
  };

  summary(): CompletionSummary {
    const replies = [...this.#replies.values()];
    const reasons = replies.flatMap((reply) => ('reason' in reply ? [reply.reason] : []));
    const counts = [...Map.groupBy(reasons, (reason) => reason)].map(([what, all]) => ({
      what,
      count: all.length,
    }));
    const over = this.#over === 0 ? [] : [{ what: `over ${QUESTIONS} questions`, count: this.#over }];
    return {
      provider: this.#provider.name,
      asked: replies.length + this.#over,
      answered: replies.length - reasons.length,
      unanswered: [...counts, ...over].sort((a, b) => b.count - a.count),
      ...this.#provider.used,
    };
  }

  close(): void {
    this.#provider.close();
  }

  #ask(key: string, prompt: string): Reply | undefined {
    if (this.#replies.size >= QUESTIONS) {
      this.#over++;
      return undefined;
    }
    const reply = this.#provider.ask(prompt);
    this.#replies.set(key, reply);
    return reply;
  }
}
