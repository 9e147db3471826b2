/** The last events of groups, as examples beside alerts about them. */
import { keyParts } from '../../exec/pipeline/index.ts';
import type { EventEnvelope } from '../../model/event.ts';
import { limits } from '../limits.ts';
import type { Ordered } from '../match.ts';
import { byTime } from '../match.ts';

/** An event, and where it stands among others. */
export interface Example extends Ordered {
  readonly event: EventEnvelope;
}

/** A part of a group's key, as `keyPartText` writes it. */
export interface ToldPart {
  readonly part: number;
  readonly text: string;
}

/** By group, at most so many of each as an alert shows. */
export class Examples {
  readonly #byGroup = new Map<string, Example[]>();

  /** In the order of time, but for late ones. */
  add(group: string, example: Example): void {
    const known = this.#byGroup.get(group);
    if (known === undefined) this.#byGroup.set(group, [example]);
    else if (known.push(example) > limits.examples) known.shift();
  }

  /** Those of the groups with these parts in their keys, of so many altogether. */
  of(told: readonly ToldPart[], parts: number | undefined): readonly Example[] {
    if (told.length === parts) return this.#byGroup.get(JSON.stringify(told.map(({ text }) => text))) ?? [];
    return [...this.#byGroup].flatMap(([group, examples]) => {
      const own = keyParts(group);
      return told.every(({ part, text }) => own[part] === text) ? examples : [];
    });
  }

  ofGroup(group: string): readonly Example[] {
    return this.#byGroup.get(group) ?? [];
  }
}

/** The last of them in time, each once. */
export const latestOf = (examples: readonly Example[]): Example[] =>
  [...new Set(examples)].sort(byTime).slice(-limits.examples);
