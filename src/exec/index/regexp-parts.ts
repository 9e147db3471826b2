/**
 * Texts of which a value must hold one to match a regular expression: read off the expression's translation, whose
 * syntax is small. What is not understood says nothing, which is always allowed.
 */
import type { Fold } from '../../data/fold.ts';
import { readLuceneRegexp } from '../../data/lucene-regexp.ts';

/** What is known of the texts that a piece of an expression matches. */
interface Known {
  /** All of them, where they are few. */
  readonly all?: readonly string[];
  /** Each of them contains one of these. */
  readonly someOf?: readonly string[];
}

const NOTHING: Known = {};
/** Texts that a piece is allowed to stand for before it counts as anything. */
const MOST_TEXTS = 64;
/** The same for classes: digits and white space, but not letters. */
const MOST_OF_A_CLASS = 12;

/** Every matching text, folded in the given way, holds one of these; undefined when nothing is known. */
export function textsOfRegexp(expression: string, how: Fold): readonly string[] | undefined {
  const translated = readLuceneRegexp(expression, how);
  if (translated === undefined) return undefined;
  const reader = new Reader(translated);
  try {
    const known = reader.alternatives();
    return reader.atEnd ? usable(known) : undefined;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

class NotUnderstood extends Error {}

const usable = ({ all, someOf }: Known): readonly string[] | undefined =>
  best([all, someOf].filter((texts) => texts !== undefined && texts.length > 0 && !texts.includes('')));

/** How many values hold a text, about: characters that part paths and names stand in nearly all of them. */
function shareOf(text: string): number {
  if (/^[/\\.\-_]$/.test(text)) return 1;
  return /^\s$/.test(text) ? 0.02 : 0.5 ** text.length;
}

/** The list of which the fewest values hold a text. */
function best(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  let [found, least] = [undefined as readonly string[] | undefined, Infinity];
  for (const list of lists) {
    if (list === undefined) continue;
    const share = list.reduce((sum, text) => sum + shareOf(text), 0);
    if (share < least) [found, least] = [list, share];
  }
  return found;
}

/** A recursive descent over RE2 syntax as `readLuceneRegexp` gives it. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  alternatives(): Known {
    const members = [this.#sequence()];
    while (this.#take('|')) members.push(this.#sequence());
    return members.length === 1 ? (members[0] ?? NOTHING) : oneOf(members);
  }

  #sequence(): Known {
    const pieces: Known[] = [];
    while (!this.atEnd && !'|)'.includes(this.#peek())) pieces.push(this.#repeated());
    return inARow(pieces);
  }

  #repeated(): Known {
    const unit = this.#unit();
    const quantifier = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})/.exec(this.#text.slice(this.#at, this.#at + 20));
    if (quantifier === null) return unit;
    this.#at += quantifier[0].length;
    if ('?*+{'.includes(this.#peek()) && !this.atEnd) throw new NotUnderstood();
    return quantifier[0] === '+' || Number(quantifier[1] ?? 0) > 0 ? repeated(unit) : NOTHING;
  }

  #unit(): Known {
    if (this.#take('(?:')) {
      const inside = this.alternatives();
      if (!this.#take(')')) throw new NotUnderstood();
      return inside;
    }
    if (this.#peek() === '[') return this.#class();
    if (this.#take('.')) return NOTHING;
    return { all: [this.#character()] };
  }

  #class(): Known {
    const end = this.#text.indexOf(']', this.#at);
    if (end === -1) throw new NotUnderstood();
    const inside = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    const members: readonly string[] = inside.match(CLASS_MEMBERS) ?? [];
    if (members.join('') !== inside) throw new NotUnderstood();
    if (members.includes('^')) return NOTHING;
    const characters = members.flatMap(charactersOf);
    return characters.length > MOST_OF_A_CLASS ? NOTHING : { all: characters };
  }

  #character(): string {
    const written = /^(?:\\x\{[0-9a-f]+\}|[A-Za-z0-9_])/.exec(this.#text.slice(this.#at, this.#at + 12));
    if (written === null) throw new NotUnderstood();
    this.#at += written[0].length;
    return characterOf(written[0]);
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

const CHARACTER = String.raw`(?:\\x\{[0-9a-f]+\}|[A-Za-z0-9_])`;
const CLASS_MEMBERS = new RegExp(`${CHARACTER}-${CHARACTER}|${CHARACTER}|\\^`, 'g');

/** Of one member of a class: a character, or a range of them, which is cut short when it is long. */
function charactersOf(member: string): string[] {
  const [first = '', last = first] = member.match(new RegExp(CHARACTER, 'g')) ?? [];
  const from = characterOf(first).codePointAt(0) ?? 0;
  const to = characterOf(last).codePointAt(0) ?? 0;
  const length = Math.min(to - from, MOST_OF_A_CLASS) + 1;
  return Array.from({ length }, (_, i) => String.fromCodePoint(from + i));
}

const characterOf = (written: string): string =>
  written.startsWith('\\') ? String.fromCodePoint(parseInt(written.slice(3, -1), 16)) : written;

const few = (texts: readonly string[]): Known => (texts.length > MOST_TEXTS ? NOTHING : { all: texts });

/** At least once: what one time holds, all of them do. */
function repeated(unit: Known): Known {
  const someOf = usable(unit);
  return someOf === undefined ? NOTHING : { someOf };
}

function oneOf(members: readonly Known[]): Known {
  const all = members.map((member) => member.all);
  if (all.every((texts) => texts !== undefined)) return few(all.flat());
  const some = members.map(usable);
  return some.every((texts) => texts !== undefined) ? { someOf: some.flat() } : NOTHING;
}

/** Neighbours whose texts are all known are read together, as far as those stay few. */
function inARow(pieces: readonly Known[]): Known {
  const lists: (readonly string[])[] = [];
  let run: readonly string[] = [''];
  let whole = true;
  for (const { all, someOf } of pieces) {
    if (all !== undefined && run.length * all.length <= MOST_TEXTS) {
      run = run.flatMap((before) => all.map((text) => before + text));
      continue;
    }
    whole = false;
    lists.push(run);
    run = all ?? [''];
    if (someOf !== undefined) lists.push(someOf);
  }
  if (whole) return { all: run };
  const someOf = best([...lists, run].filter((texts) => texts.length > 0 && !texts.includes('')));
  return someOf === undefined ? NOTHING : { someOf };
}
