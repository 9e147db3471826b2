/** Markdown on a terminal: it reads well as it is, once its paragraphs are filled to the width. */
import { hanging } from './layout.ts';
import { safeLines } from './safe.ts';

/** Lines that begin something of their own: headings, list items, tables, quotes. */
const OWN_LINE = /^\s*(?:#{1,6} |[-*+] |\d+[.)] |\||>|$)/;
const FENCE = /^\s*(?:```|~~~)/;

/** Paragraphs and list items joined and wrapped; code blocks and tables stay as they are. Nothing for empty text. */
export function proseLines(markdown: string, width: number): string[] {
  const text = safeLines(markdown.trim());
  return text === '' ? [] : blocks(text.split('\n')).flatMap((block) => fill(block, width));
}

interface Block {
  readonly text: string;
  /** Code: its lines and blanks belong to it. */
  readonly asIs: boolean;
}

function blocks(lines: readonly string[]): Block[] {
  const found: Block[] = [];
  let inCode = false;
  for (const line of lines) {
    const fence = FENCE.test(line);
    const last = found.at(-1);
    const goesOn =
      !inCode && !fence && !OWN_LINE.test(line) && last !== undefined && !last.asIs && last.text !== '';
    if (goesOn && !/^\s*(?:#|\|)/.test(last.text))
      found[found.length - 1] = { text: `${last.text.trimEnd()} ${line.trim()}`, asIs: false };
    else found.push({ text: line, asIs: inCode || fence });
    if (fence) inCode = !inCode;
  }
  return found;
}

function fill({ text, asIs }: Block, width: number): string[] {
  if (asIs || /^\s*\|/.test(text)) return [text.trimEnd()];
  const lead = /^\s*(?:[-*+] |\d+[.)] |> )?/.exec(text)?.[0] ?? '';
  return hanging(lead, text.slice(lead.length), width, lead.length).map((line) => line.trimEnd());
}
