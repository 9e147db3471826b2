/**
 * Groups of texts that say the same in other words. Every member is like the leader itself, so a chain of small steps
 * never makes one group of things that have nothing in common (false-positives §6, risks).
 */
import type { Sentence } from '../model.ts';
import type { Bag } from '../text/words.ts';
import { bagOf, likeness, stem, wordsOf } from '../text/words.ts';

export interface Clusterable {
  readonly id: string;
  readonly text: string;
  readonly sentences: readonly Sentence[];
}

/** From here on two texts say the same. */
const SAME = 0.8;

/** What a text is about, ready to be compared with others. */
export interface Gist {
  readonly bag: Bag;
  /** Names, paths, numbers: two texts about different ones never say the same. */
  readonly names: string;
  readonly denies: boolean;
  /** What is done: to create is not to delete, however much else is the same. */
  readonly actions: string;
}

/** Stems of verbs and of the nouns made of them, where the rest of a sentence is often the same. */
const ACTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    add: 'add addition',
    change: 'modify modification edit alter',
    copy: 'copy clone share export download upload',
    create: 'create creation',
    delete: 'delete deletion remove removal purge destroy',
    disable: 'disable deactivate deactivation stop suspend terminate termination',
    enable: 'enable activate activation start',
    install: 'install installation uninstall',
    list: 'enumerate enumeration list read access query',
    restore: 'restore restoration recover recovery',
    revoke: 'revoke revocation reset rotate rotation',
    grant: 'grant assign assignment attach detach',
  }).flatMap(([action, words]) => words.split(' ').map((word) => [stem(word), action] as const)),
);

const actionsIn = (text: string): string =>
  [...new Set(wordsOf(text).flatMap((word) => ACTIONS.get(stem(word)) ?? []))].toSorted().join(' ');

const DENIAL = /\b(not|no|never|without|cannot|\w+n't)\b/i;

/** Compares by the sentences that describe behaviour; advice and questions have few moulds that all share. */
export function gistOf({ text, sentences }: Pick<Clusterable, 'text' | 'sentences'>): Gist {
  const told = sentences.filter(({ role }) => role === 'behaviour').map((sentence) => sentence.text);
  const core = told.length > 0 ? told.join(' ') : text;
  return { bag: bagOf(core), names: namesIn(core), denies: DENIAL.test(core), actions: actionsIn(core) };
}

/** Tokens with a digit, with a dot, slash or underscore inside, or with capitals inside. */
function namesIn(text: string): string {
  const tokens = text.match(/[^\s"'`(),;]+/g) ?? [];
  const names = tokens.filter((token) => /\d|\w[./\\_]\w|[a-z][A-Z]|^[A-Z]{2,}$/.test(token));
  return [...new Set(names.flatMap((name) => wordsOf(name)))].toSorted().join(' ');
}

export const sayTheSame = (a: Gist, b: Gist): boolean =>
  a.names === b.names && a.denies === b.denies && a.actions === b.actions && likeness(a.bag, b.bag) >= SAME;

/**
 * Groups of two and more, each with its leader first. A text joins the earliest leader that it is like, else it is a
 * leader itself; so the texts that shall lead must come first.
 */
export function clusters<T extends Clusterable>(texts: readonly T[]): T[][] {
  const gists = texts.map(gistOf);
  const rarity = frequencies(gists);
  const groups = new Map<number, T[]>();
  const leadersByWord = new Map<string, number[]>();
  for (const [index, text] of texts.entries()) {
    const gist = gists[index];
    if (gist === undefined || gist.bag.size === 0) continue;
    const words = telling(gist.bag, rarity);
    const leader = words
      .flatMap((word) => leadersByWord.get(word) ?? [])
      .toSorted((a, b) => a - b)
      .find((candidate) => sayTheSame(gists[candidate] ?? gist, gist));
    if (leader !== undefined) groups.get(leader)?.push(text);
    else {
      groups.set(index, [text]);
      for (const word of words) leadersByWord.set(word, [...(leadersByWord.get(word) ?? []), index]);
    }
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function frequencies(gists: readonly Gist[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { bag } of gists) for (const word of bag.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/**
 * The rarest words that weigh more than two like texts may differ by: were none of them in both, too much would be in
 * one alone.
 */
function telling(bag: Bag, rarity: ReadonlyMap<string, number>): string[] {
  const inOrder = [...bag].toSorted(
    ([a], [b]) => (rarity.get(a) ?? 0) - (rarity.get(b) ?? 0) || (a < b ? -1 : a > b ? 1 : 0),
  );
  const allowed = inOrder.reduce((sum, [, weight]) => sum + weight, 0) * (1 - SAME);
  let passed = 0;
  const end = inOrder.findIndex(([, weight]) => (passed += weight) > allowed + 1e-9);
  return inOrder.slice(0, end + 1).map(([word]) => word);
}
