/** Findings of all rules to texts and clauses, each once, with every place where it stands. */
import type { Occurrence } from '../model.ts';
import { textKey } from '../identity/identify.ts';
import type { Found } from '../harvest/rule.ts';
import { isJunk } from '../text/junk.ts';
import { readSentences } from '../text/sentences.ts';
import { titleOfClause, titleOfFilter, titleOfText } from '../text/title.ts';
import type { Sentence, Statement } from '../model.ts';
import type { KeyedRule } from './rules.ts';

/** A statement before it has an id. */
export interface Draft {
  readonly kind: Statement['kind'];
  readonly text: string;
  readonly title: string;
  readonly sentences: readonly Sentence[];
  readonly occurrences: Occurrence[];
  /** The rules that it stands in, in order, each once. */
  readonly from: KeyedRule[];
  readonly fields: Set<string>;
  readonly place: string;
}

export interface Gathered {
  readonly drafts: readonly Draft[];
  /** By rule: what its field says when that is nothing. */
  readonly junk: ReadonlyMap<KeyedRule, readonly string[]>;
  /** By rule and finding: the draft that it went to. */
  readonly draftOf: ReadonlyMap<Found, Draft>;
}

/** Every finding ends in a draft or in `junk`. */
export function gather(rules: readonly KeyedRule[]): Gathered {
  const drafts = new Map<string, Draft>();
  const draftOf = new Map<Found, Draft>();
  const junk = new Map<KeyedRule, string[]>();
  for (const rule of rules) {
    const ordinals = new Map<string, number>();
    for (const found of rule.findings) {
      const ordinal = ordinals.get(found.origin) ?? 0;
      ordinals.set(found.origin, ordinal + 1);
      if (found.origin === 'field' && isJunk(found.text))
        junk.set(rule, [...(junk.get(rule) ?? []), found.text]);
      else draftOf.set(found, add(drafts, rule, found, ordinal));
    }
  }
  return { drafts: [...drafts.values()], junk, draftOf };
}

function add(drafts: Map<string, Draft>, rule: KeyedRule, found: Found, ordinal: number): Draft {
  const kind = isClause(found) ? 'clause' : 'text';
  const key = textKey({ kind, text: found.text });
  const draft = drafts.get(key) ?? begin(kind, rule, found, ordinal);
  drafts.set(key, draft);
  if (draft.from.at(-1) !== rule) draft.from.push(rule);
  for (const field of found.fields ?? []) draft.fields.add(field);
  draft.occurrences.push({
    rule: rule.key,
    origin: found.origin,
    ordinal,
    ...(found.text === draft.text ? {} : { text: found.text }),
    ...(found.label === undefined ? {} : { label: found.label }),
    ...(found.line === undefined ? {} : { line: found.line }),
  });
  return draft;
}

const isClause = ({ origin }: Found): boolean =>
  origin === 'inline-exclusion' || origin === 'named-filter' || origin === 'known-fp-list';

function begin(kind: Draft['kind'], rule: KeyedRule, found: Found, ordinal: number): Draft {
  const { text, origin } = found;
  const sentences = kind === 'text' ? readSentences(text) : [];
  return {
    kind,
    text,
    title: titleOf(rule, found, sentences),
    sentences,
    occurrences: [],
    from: [],
    fields: new Set(),
    place: `${rule.key}\n${origin}\n${ordinal}`,
  };
}

function titleOf(
  rule: KeyedRule,
  { origin, text, label = '', said }: Found,
  sentences: readonly Sentence[],
): string {
  if (origin === 'named-filter') return titleOfFilter(label, rule.name);
  if (origin === 'known-fp-list') return titleOfFilter(`Known events: ${text}`, rule.name);
  return origin === 'inline-exclusion' ? titleOfClause(text, said) : titleOfText(sentences, text);
}
