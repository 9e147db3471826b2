/** The logic of a rule in colour: tokens by our own tokenizers, exclusions as marks. */
import { eql } from '../../lang/eql/index.ts';
import { esql } from '../../lang/esql/index.ts';
import { kql } from '../../lang/kql/index.ts';
import { lucene } from '../../lang/lucene/index.ts';
import type { HighlightToken, Language, TokenKind } from '../../lang/kit/language.ts';
import type { LogicSpan } from '../model.ts';
import type { Content } from './html.ts';
import { Html, escapeHtml, html } from './html.ts';

const languages: Readonly<Record<string, Pick<Language, 'highlight'>>> = { kuery: kql, eql, esql, lucene };

/** Classes are short because there are millions; punctuation and operators keep the colour of text. */
const CLASSES: Readonly<Partial<Record<TokenKind, string>>> = {
  keyword: 'k',
  field: 'f',
  string: 's',
  wildcard: 's',
  number: 'n',
  function: 'c',
  comment: 'o',
};

/**
 * A block of code. Marks are links to the statement that was cut out there; `current` is the one whose page this is,
 * which is marked stronger and is no link.
 */
export interface LogicView {
  readonly language: string;
  readonly marks?: readonly LogicSpan[];
  readonly current?: string;
  readonly linkOf?: (statement: string) => string | undefined;
}

export function logicBlock(text: string, view: LogicView): Html {
  const { language, marks = [] } = view;
  const tokens = languages[language]?.highlight(text) ?? [];
  const pieces: string[] = [];
  let at = 0;
  for (const mark of marks) {
    pieces.push(painted(text, at, mark.start, tokens), markHtml(text, mark, tokens, view).text);
    at = mark.end;
  }
  pieces.push(painted(text, at, text.length, tokens));
  return html`<pre class="logic" tabindex="0"><code>${new Html(pieces.join('').trimEnd())}</code></pre>`;
}

function markHtml(
  text: string,
  { start, end, statement }: LogicSpan,
  tokens: readonly HighlightToken[],
  { current, linkOf }: LogicView,
): Html {
  const inside: Content = new Html(painted(text, start, end, tokens));
  if (statement === current) return html`<mark class="now">${inside}</mark>`;
  const link = linkOf?.(statement);
  if (link === undefined) return html`<mark>${inside}</mark>`;
  return html`<mark><a href="${link}">${inside}</a></mark>`;
}

/** The part of the text from `start` to `end`; tokens that cross its borders are cut there. */
function painted(text: string, start: number, end: number, tokens: readonly HighlightToken[]): string {
  let out = '';
  let at = start;
  for (const token of tokens.slice(firstEndingAfter(tokens, start))) {
    if (token.start >= end) break;
    const kind = CLASSES[token.kind];
    const from = Math.max(token.start, at);
    const to = Math.min(token.end, end);
    if (kind === undefined || to <= from) continue;
    out += `${escapeHtml(text.slice(at, from))}<i class=${kind}>${escapeHtml(text.slice(from, to))}</i>`;
    at = to;
  }
  return out + escapeHtml(text.slice(at, end));
}

function firstEndingAfter(tokens: readonly HighlightToken[], offset: number): number {
  const index = tokens.findIndex(({ end }) => end > offset);
  return index === -1 ? tokens.length : index;
}
