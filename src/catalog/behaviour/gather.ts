/**
 * Which harvested statements a behaviour gathers: a small matcher on their text.
 *
 *     [gathers]
 *     phrases = ["kube-state-metrics", "monitoring* + secrets"]
 *     without = ["attacker*"]
 *     techniques = ["T1552"]
 *     rules = ["d27bf964-031c-5151-95ce-40409d515cf4"]
 *
 * A phrase is one or more parts with `+` between them, all of which must stand in the statement, in any order. A part is
 * words side by side; `*` behind the last one stands for the rest of the word. Case and punctuation do not count, so that
 * `kube-state-metrics` are three words side by side. A statement is gathered when one of its rules is named, or when one
 * phrase of `phrases` stands in it and none of `without`, one of its rules is about one of the behaviour's data sources,
 * and, where techniques are given, one of its rules is about one of them (`T1552` stands for its sub-techniques too).
 */
import type { Behaviour, DataSource } from './model.ts';

export interface Gathering {
  readonly phrases: readonly string[];
  readonly without: readonly string[];
  readonly techniques: readonly string[];
  readonly rules: readonly string[];
}

/** What is known of a statement: its text, and of the rules that it stands in. */
export interface GatherableStatement {
  readonly text: string;
  readonly rules: readonly string[];
  readonly techniques: readonly string[];
  readonly dataSources: readonly DataSource[];
}

/** Undefined when the text is a phrase; else what is wrong with it. */
export function phraseMistake(phrase: string): string | undefined {
  const parts = phrase.split('+').map((part) => part.trim());
  if (parts.some((part) => folded(part).trim() === '')) return 'words on both sides of every "+"';
  if (parts.some((part) => part.slice(0, -1).includes('*'))) return '"*" at the end of a part only';
  return undefined;
}

/** A function from a statement to the ids of the behaviours that gather it, in the order of the behaviours. */
export function gatherer(behaviours: readonly Behaviour[]): (statement: GatherableStatement) => string[] {
  const collectors = behaviours.map((behaviour) => ({ id: behaviour.id, takes: collector(behaviour) }));
  return (statement) => {
    const text = folded(statement.text);
    return collectors.filter(({ takes }) => takes(statement, text)).map(({ id }) => id);
  };
}

type Takes = (statement: GatherableStatement, text: string) => boolean;

function collector({ gathers, dataSources }: Behaviour): Takes {
  const { rules, techniques } = gathers;
  const phrases = gathers.phrases.map(compilePhrase);
  const without = gathers.without.map(compilePhrase);
  return (statement, text) => {
    if (statement.rules.some((rule) => rules.includes(rule))) return true;
    if (!statement.dataSources.some((source) => dataSources.includes(source))) return false;
    if (techniques.length > 0 && !statement.techniques.some((id) => isAmong(id, techniques))) return false;
    return phrases.some((found) => found(text)) && !without.some((found) => found(text));
  };
}

const isAmong = (id: string, techniques: readonly string[]): boolean =>
  techniques.some((technique) => id === technique || id.startsWith(`${technique}.`));

function compilePhrase(phrase: string): (text: string) => boolean {
  const parts = phrase.split('+').map(partText);
  return (text) => parts.every((part) => text.includes(part));
}

/** The beginning of the first word and, unless it is open, the end of the last one are marked by a space. */
function partText(part: string): string {
  const text = folded(part);
  return part.trim().endsWith('*') ? text.trimEnd() : text;
}

/** Lower-case words with one space before, between and after them. */
const folded = (text: string): string =>
  ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ')} `;
