/** Laying out plain text (no colour codes in it) in a given number of terminal columns. */

/** East Asian wide and full-width characters and emoji take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const ASCII_ONLY = /^[\x20-\x7e]*$/;
const COMBINING = /^\p{M}$/u;

const widthOfCharacter = (character: string): number =>
  COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;

/** How many columns of a terminal a line takes. */
export function displayWidth(line: string): number {
  if (ASCII_ONLY.test(line)) return line.length;
  let width = 0;
  for (const character of line) width += widthOfCharacter(character);
  return width;
}

/** The longest beginning of a line that fits in so many columns. */
function fitting(line: string, width: number): string {
  let used = 0;
  let taken = '';
  for (const character of line) {
    used += widthOfCharacter(character);
    if (used > width) break;
    taken += character;
  }
  return taken;
}

/** Cut to so many columns, with `…` in place of what is missing. */
export const truncate = (line: string, width: number): string =>
  displayWidth(line) <= width ? line : `${fitting(line, Math.max(0, width - 1))}…`;

export const padEnd = (line: string, width: number): string =>
  line + ' '.repeat(Math.max(0, width - displayWidth(line)));

/** Where a word too long for a line is best broken: after a separator of paths, names and lists. */
const BREAK_AFTER = /[/:.,;@_=&?-]/;

function breakWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    const most = fitting(rest, width) || String.fromCodePoint(rest.codePointAt(0) ?? 0);
    let end = most.length;
    while (end > most.length / 2 && !BREAK_AFTER.test(most.charAt(end - 1))) end--;
    const cut = end > most.length / 2 ? end : most.length;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...pieces, rest];
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/ +/).filter((w) => w !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

/** Lines no wider than `width`; line breaks of the text stay, words too long for a line are broken, nothing is lost. */
export const wrap = (text: string, width: number): string[] =>
  text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, Math.max(8, width)));

/** `label  text…` with the lines that follow standing under the text. */
export function hanging(label: string, text: string, width: number, labelWidth = label.length + 1): string[] {
  const indent = ' '.repeat(labelWidth);
  return wrap(text, width - labelWidth).map(
    (line, index) => (index === 0 ? padEnd(label, labelWidth) : indent) + line,
  );
}

/** A paragraph as one run of words: line breaks that an author put in for the editor's sake are blanks. */
export const unfold = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');
