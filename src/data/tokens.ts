/**
 * How text fields cut a value, and a query's text, into tokens (kql §4.4). `standard` follows Unicode's word
 * boundaries (UAX #29) as Lucene's standard tokenizer does; `word` takes maximal runs of `A–Z a–z 0–9 _ -`.
 */
import type { Analyzer } from './field-type.ts';
import { foldAscii, isAscii } from './scalar.ts';

/** The tokens in order, in lower case, repeats included. */
export function tokenize(text: string, analyzer: Analyzer): string[] {
  if (analyzer === 'word') return foldAscii(text).match(WORD_RUNS) ?? [];
  if (isAscii(text)) return asciiWords(text);
  // A space always parts words, and the segmenter is some twenty times slower than the expression.
  return text.split(' ').flatMap((run) => (isAscii(run) ? asciiWords(run) : unicodeWords(run)));
}

const WORD_RUNS = /[A-Za-z0-9_-]+/g;
const LONGEST_TOKEN = 255;

/** UAX #29 written out for ASCII: letters join over `: . '`, digits over `, ; . '`; a word needs a letter or digit. */
const ASCII_WORDS =
  /(?=_*[A-Za-z0-9])\w+(?:(?:(?<=[A-Za-z])[:.'](?=[A-Za-z])|(?<=[0-9])[,;.'](?=[0-9]))\w+)*/g;

function asciiWords(text: string): string[] {
  const words = text.toLowerCase().match(ASCII_WORDS) ?? [];
  return words.some(tooLong) ? words.flatMap(cut) : words;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
const WORD_LIKE = /[\p{L}\p{N}]/u;
/** Lucene makes a token of every ideograph and hiragana, where Unicode's dictionaries would join some. */
const ONE_BY_ONE = /[\p{Script=Han}\p{Script=Hiragana}]/u;

function unicodeWords(text: string): string[] {
  const words: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (!WORD_LIKE.test(segment)) continue;
    const word = segment.toLowerCase();
    words.push(...(ONE_BY_ONE.test(word) ? [...word] : cut(word)));
  }
  return words;
}

const tooLong = (word: string): boolean => word.length > LONGEST_TOKEN;

/** A longer token goes on as the next one, as Lucene's tokenizer does it. */
function cut(word: string): string[] {
  if (!tooLong(word)) return [word];
  const pieces: string[] = [];
  for (let at = 0; at < word.length; at += LONGEST_TOKEN) pieces.push(word.slice(at, at + LONGEST_TOKEN));
  return pieces;
}
