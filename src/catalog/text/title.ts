/** Short titles of statements: at most 80 characters, sentence case. */
import type { Sentence } from '../model.ts';
import type { Said } from '../harvest/clause-words.ts';
import { wordsOfClause } from '../harvest/clause-words.ts';
import { oneLine } from './words.ts';

const WIDEST = 80;

/** Beginnings that say that something is benign and not what it is. */
const OPENINGS =
  /^(it is possible that|it'?s possible that|it is possible for|there (may|might|could|can) be|(some )?false[ -]?positives? (may|might|can|could|will) (occur|arise|happen|be (triggered|generated|caused|present|seen)|result|come)( (if|when|with|from|by|due to|where|in|because of))?|(this|the) (activity|behaviou?r|event|alert|rule|detection|analytic|search) (may|might|can|could|will) (also )?(be )?(triggered|caused|occur|trigger|fire|happen|generated)( (if|when|with|from|by|due to|on|in))?|although unlikely,?|note that|please note that|however,?|be aware that|in (some|rare) cases,?)\s+/i;

/** The most telling sentence of a text: the first that describes a behaviour, else the first. */
export function titleOfText(sentences: readonly Sentence[], text: string): string {
  const best = sentences.find(({ role }) => role === 'behaviour') ?? sentences[0];
  return shorten(sentenceCase(bare(best?.text ?? text)));
}

/** A condition as words where it has some, else as it is written, on one line and without what negates it. */
export function titleOfClause(text: string, said?: Said): string {
  const words = said === undefined ? undefined : wordsOfClause(said, WIDEST);
  return words ?? cut(oneLine(text).replace(/^not\b\s*/i, ''));
}

/** `filter_main_snap_update` of "Services stopped" is "Snap update (Services stopped)". */
export const titleOfFilter = (name: string, rule: string): string =>
  shorten(sentenceCase(`${wordsOfFilter(name)} (${rule})`));

/** `filter_main_snap_update` is "Snap update". */
export function wordsOfFilter(name: string): string {
  const words = name
    .replace(/^filter(_?(main|optional))?_?|_?\d+$/gi, '')
    .replaceAll('_', ' ')
    .trim();
  return sentenceCase(words === '' ? 'known exclusion' : words);
}

function bare(sentence: string): string {
  const plain = oneLine(sentence)
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__)(.+?)\1/g, '$2')
    .replace(/^["'](.*)["']$/, '$1');
  const rest = plain.replace(OPENINGS, '');
  return (rest.length < 12 ? plain : rest).replace(/[\s.,;:]+$/, '');
}

/** A capital first letter, unless the first word is a name that is written otherwise (`kubectl.exe`, `eBPF`). */
function sentenceCase(text: string): string {
  const first = /^\S+/.exec(text)?.[0] ?? '';
  const isName = /[\p{Lu}\d_./\\`$@-]/u.test(first.slice(0, -1)) && !/^\p{Ll}+-\p{Ll}+$/u.test(first);
  return isName ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Cut where a clause ends if that keeps enough of it, else between words. */
function shorten(text: string): string {
  if (text.length <= WIDEST) return text;
  const room = text.slice(0, WIDEST + 1);
  const clause = Math.max(
    ...[', ', '; ', ': ', ' - ', ' – ', ' — ', ' ('].map((mark) => room.lastIndexOf(mark)),
  );
  if (clause >= WIDEST / 2) return closed(room.slice(0, clause).replace(/[\s.,;:–—-]+$/, ''));
  return cut(text);
}

/** Without a bracket that only the part that was cut off closes. */
function closed(text: string): string {
  const open = text.lastIndexOf('(');
  if (open < 0 || text.includes(')', open)) return text;
  return open >= WIDEST / 4 ? text.slice(0, open).trimEnd() : `${text}…`;
}

/** Cut between words, with a sign that something is missing. */
function cut(text: string): string {
  if (text.length <= WIDEST) return text;
  const room = text.slice(0, WIDEST);
  const space = room.lastIndexOf(' ');
  return `${room.slice(0, space > WIDEST / 2 ? space : WIDEST - 1).replace(/[\s.,;:–—-]+$/, '')}…`;
}

/** For addresses: at most 60 characters of `a-z0-9-`. */
export const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
