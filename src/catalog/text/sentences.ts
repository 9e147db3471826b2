/** Texts to sentences, each with what it is for. The rules of thumb are right for most sentences, not for all. */
import type { Role, Sentence } from '../model.ts';
import { meaningfulWords, oneLine } from './words.ts';

/** Dots in these do not end a sentence. */
const ABBREVIATION = /\b(e\.g|i\.e|etc|vs|cf|incl|approx|no|v\d+)\.$/i;

/** Sentences as written, on one line each. */
export function sentencesOf(text: string): string[] {
  const pieces = oneLine(text).split(/(?<=[.!?]["')\]]*)\s+(?=["'([]*[\p{Lu}\d])/u);
  const sentences: string[] = [];
  for (const piece of pieces) {
    const last = sentences.at(-1);
    if (last !== undefined && ABBREVIATION.test(last)) sentences[sentences.length - 1] = `${last} ${piece}`;
    else sentences.push(piece);
  }
  return sentences.filter((sentence) => sentence !== '');
}

/** The sentences of a text with their roles. */
export const readSentences = (text: string): Sentence[] =>
  sentencesOf(text).map((sentence) => ({ text: sentence, role: roleOf(sentence) }));

/** The first that fits decides. */
const signs: readonly (readonly [Role, RegExp])[] = [
  [
    'likelihood',
    /\b(no|low|few|limited|minimal|high) (number of )?(known )?(false[ -]?positives?|fps?)\b|\bfalse[ -]?positives? (are|is|should be|may be|will be|can be|rate|would be|have not been) (\w+ )?(unlikely|limited|rare|low|minimal|expected|uncommon|few|possible|present|likely|identified|high)|^(highly |very )?unlikely\b|\b(is|are) (highly |very )?(unlikely|rarely legitimate|uncommon)\b.{0,60}$/i,
  ],
  [
    'advice',
    /\b(filter(ed|ing|s)? (as|and|them|out|these|those|based|may|by|if|on|for|is|or|accordingly|where)|(add|create|consider|implement|use|using|apply)(ing)? (\w+ ){0,3}(exceptions?|exclusions?|filters?|allow-?lists?|white-?lists?)|consider (adding|excluding|creating|implementing|tuning|adjusting|whitelisting|allow-?listing|refining|filtering)|(?<!only )(exclude|excluding|be excluded)\b|exempt(ed)?|tun(e|ed|ing)|(allow|white)-?list(ed|ing)?|baselin(e|ed|ing)|(be|as) (added|adjusted|modified|filtered|suppressed|ignored)|adjust(ing)? (the|these|this)|modify (the|this)|update (the|this) (rule|search|analytic|macro)|suppress)\b/i,
  ],
  [
    'verify',
    /^(please |always )?(verify|validate|confirm|investigate|check|review|ensure|correlate|determine|examine|analy[sz]e|compare|look (for|at)|assess|inspect|cross-?check|ask)\b|\b(should|must|need(s)? to|can|has to|have to|to) be (\w+ )?(investigated|verified|reviewed|validated|checked|confirmed|correlated|examined|considered|evaluated|analy[sz]ed)\b|\b(verify|validate|confirm|check|determine|investigate|review) (whether|that|if|the|with|against|these|this|all|any)\b|\?$/i,
  ],
];

function roleOf(sentence: string): Role {
  const found = signs.find(([, pattern]) => pattern.test(sentence));
  if (found !== undefined) return found[0];
  return meaningfulWords(sentence).length === 0 ? 'none' : 'behaviour';
}
