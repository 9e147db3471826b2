/**
 * Ids that outlive edits (false-positives §2.3). A statement keeps its id when its text is the same, else when one of
 * its rules has a text of the same kind that is like the old one and no better claim exists. An id is never given to
 * anything else: what is gone leaves a tombstone, what became one with another is its alias.
 */
import type { Change, ChangeKind, RuleKey, Statement, Tombstone } from '../model.ts';
import { normalised, oneLine, overlap } from '../text/words.ts';
import { fingerprint } from './fingerprint.ts';

/** A text or clause of this build, with every rule that has it. */
export interface Candidate {
  readonly kind: Statement['kind'];
  readonly text: string;
  readonly title: string;
  readonly rules: readonly RuleKey[];
  /** Where it was found first: rule, origin and position. */
  readonly place: string;
}

/** What the last catalogue knows. */
export interface Past {
  readonly statements: readonly Known[];
  readonly tombstones: readonly Tombstone[];
}

export type Known = Omit<Tombstone, 'gone'> & { readonly split_from?: string };

export type Identity = Pick<
  Statement,
  'id' | 'aliases' | 'split_from' | 'first_seen' | 'last_changed' | 'history'
>;

export interface Identified {
  /** One for each candidate, in their order. */
  readonly identities: readonly Identity[];
  readonly tombstones: readonly Tombstone[];
  /** In the order of ids; empty when there was no past. */
  readonly changes: readonly Change[];
}

/** Two texts of one rule are versions of one statement from here on. */
const SAME = 0.6;

export const textKey = ({ kind, text }: Pick<Candidate, 'kind' | 'text'>): string =>
  `${kind}\n${kind === 'clause' ? oneLine(text) : normalised(text)}`;

/** Ids for the candidates; `today` is the date of this catalogue. Candidates must differ in `textKey`. */
export const identify = (
  candidates: readonly Candidate[],
  past: Past | undefined,
  today: string,
): Identified => new Identification(candidates, past, today).run();

type Old = Known & { readonly gone?: string };

class Identification {
  readonly #candidates: readonly Candidate[];
  readonly #isFirst: boolean;
  readonly #today: string;
  readonly #old: readonly Old[];
  /** By candidate. */
  readonly #claimed = new Map<Candidate, Old>();
  readonly #claimers = new Map<Old, Candidate>();
  readonly #identities = new Map<Candidate, Identity>();
  readonly #changes: Change[] = [];
  readonly #taken: Set<string>;

  constructor(candidates: readonly Candidate[], past: Past | undefined, today: string) {
    this.#candidates = candidates;
    this.#isFirst = past === undefined;
    this.#today = today;
    this.#old = [...(past?.statements ?? []), ...(past?.tombstones ?? [])];
    this.#taken = new Set(this.#old.flatMap(({ id, aliases }) => [id, ...aliases]));
  }

  run(): Identified {
    this.#claimEqual();
    this.#claimAlike();
    for (const candidate of this.#candidates) this.#identities.set(candidate, this.#identity(candidate));
    const tombstones = this.#old.filter((old) => !this.#claimers.has(old)).flatMap((old) => this.#leave(old));
    return {
      identities: this.#candidates.map((candidate) => this.#of(candidate)),
      tombstones: tombstones.toSorted(byId),
      changes: this.#isFirst ? [] : this.#changes.toSorted(byId),
    };
  }

  #of(candidate: Candidate): Identity {
    const identity = this.#identities.get(candidate);
    if (identity === undefined) throw new Error(`No id was given to "${candidate.title}".`);
    return identity;
  }

  #claimEqual(): void {
    const byKey = new Map(this.#old.map((old) => [textKey(old), old]));
    for (const candidate of this.#candidates) {
      const old = byKey.get(textKey(candidate));
      if (old !== undefined) this.#claim(candidate, old);
    }
  }

  /** The most alike pairs first; then as the lists have them, so that the outcome never depends on chance. */
  #claimAlike(): void {
    const open = this.#candidates.filter((candidate) => !this.#claimed.has(candidate));
    const free = this.#byRule(this.#old.filter((old) => old.gone === undefined && !this.#claimers.has(old)));
    const pairs = open.flatMap((candidate) =>
      related(candidate, free)
        .map((old) => ({ candidate, old, likeness: overlap(candidate.text, old.text) }))
        .filter(({ likeness }) => likeness >= SAME),
    );
    for (const { candidate, old } of pairs.toSorted((a, b) => b.likeness - a.likeness))
      if (!this.#claimed.has(candidate) && !this.#claimers.has(old)) this.#claim(candidate, old);
  }

  #claim(candidate: Candidate, old: Old): void {
    this.#claimed.set(candidate, old);
    this.#claimers.set(old, candidate);
  }

  #byRule(olds: readonly Old[]): ReadonlyMap<string, readonly Old[]> {
    const byRule = new Map<string, Old[]>();
    for (const old of olds)
      for (const rule of old.rules) byRule.set(rule, [...(byRule.get(rule) ?? []), old]);
    return byRule;
  }

  #identity(candidate: Candidate): Identity {
    const old = this.#claimed.get(candidate);
    return old === undefined ? this.#born(candidate) : this.#kept(candidate, old);
  }

  #kept(candidate: Candidate, old: Old): Identity {
    const { id, aliases, first_seen, last_changed, history, split_from } = old;
    const origin = split_from === undefined ? {} : { split_from };
    if (textKey(candidate) === textKey(old)) {
      if (old.gone !== undefined) this.#note('back', id, candidate.title);
      return { id, aliases, first_seen, last_changed, history, ...origin };
    }
    const versions = { before: old.text, after: candidate.text };
    this.#note('changed', id, candidate.title, versions);
    const before = { text: old.text, until: this.#today };
    return { id, aliases, first_seen, last_changed: this.#today, history: [...history, before], ...origin };
  }

  #born(candidate: Candidate): Identity {
    const id = this.#freshId(candidate.place);
    const parent = this.#parentOf(candidate);
    if (parent === undefined) this.#note('new', id, candidate.title, { after: candidate.text });
    else this.#note('split', id, candidate.title, { after: candidate.text, other: parent.id });
    return {
      id,
      aliases: [],
      first_seen: this.#today,
      last_changed: this.#today,
      history: [],
      ...(parent === undefined ? {} : { split_from: parent.id }),
    };
  }

  #freshId(place: string): string {
    for (let attempt = 0; ; attempt++) {
      const id = `FP-${fingerprint(attempt === 0 ? place : `${place}\n${attempt}`)}`;
      if (this.#taken.has(id)) continue;
      this.#taken.add(id);
      return id;
    }
  }

  /** A statement that goes on elsewhere and that one of these rules has given up for a text like it. */
  #parentOf(candidate: Candidate): Old | undefined {
    return [...this.#claimers].find(
      ([old, heir]) =>
        old.kind === candidate.kind &&
        candidate.rules.some((rule) => old.rules.includes(rule) && !heir.rules.includes(rule)) &&
        overlap(old.text, candidate.text) >= SAME,
    )?.[0];
  }

  /** Becomes an alias of what its rules have in its place, else a tombstone. */
  #leave(old: Old): Tombstone[] {
    if (old.gone === undefined) {
      const heir = this.#heirOf(old);
      if (heir !== undefined) return this.#merge(old, heir);
      this.#note('gone', old.id, old.title, { before: old.text });
    }
    return [tombstone(old, old.gone ?? this.#today)];
  }

  /** A statement that one of the old one's rules has only now, and whose text is like it. */
  #heirOf(old: Old): Candidate | undefined {
    return this.#candidates.find(
      (candidate) =>
        candidate.kind === old.kind &&
        candidate.rules.some((rule) => old.rules.includes(rule) && !this.#hadBefore(candidate, rule)) &&
        overlap(candidate.text, old.text) >= SAME,
    );
  }

  #hadBefore(candidate: Candidate, rule: RuleKey): boolean {
    return this.#claimed.get(candidate)?.rules.includes(rule) ?? false;
  }

  #merge(old: Old, heir: Candidate): [] {
    const identity = this.#of(heir);
    this.#identities.set(heir, {
      ...identity,
      aliases: [...identity.aliases, old.id, ...old.aliases].toSorted(),
    });
    this.#note('merged', old.id, old.title, { before: old.text, other: identity.id });
    return [];
  }

  #note(
    kind: ChangeKind,
    id: string,
    title: string,
    more: Pick<Change, 'before' | 'after' | 'other'> = {},
  ): void {
    this.#changes.push({ at: this.#today, kind, id, title, ...more });
  }
}

/** A statement of the last catalogue has more than what is kept of it. */
const tombstone = (old: Old, gone: string): Tombstone => ({
  id: old.id,
  kind: old.kind,
  title: old.title,
  text: old.text,
  rules: old.rules,
  aliases: old.aliases,
  first_seen: old.first_seen,
  last_changed: old.last_changed,
  history: old.history,
  gone,
});

function related(candidate: Candidate, byRule: ReadonlyMap<string, readonly Old[]>): Old[] {
  const olds = new Set(candidate.rules.flatMap((rule) => byRule.get(rule) ?? []));
  return [...olds].filter(({ kind }) => kind === candidate.kind);
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
