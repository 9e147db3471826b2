/**
 * Takes long texts out of TOML before it is parsed. The parser reads character by character and puts each text together
 * in one call, which is slow for the guides and queries of thousands of rules and fails beyond a hundred thousand
 * characters. A text without escapes means what it writes, so that only its ends need parsing.
 */

interface Cut {
  /** Where it was, in the shortened text. */
  readonly at: number;
  readonly text: string;
}

/** Shorter ones are not worth the trouble. */
const LONG = 40;

export class LongTexts {
  /** The TOML with empty texts in place of the long ones. */
  readonly rest: string;
  readonly #cuts: readonly Cut[];

  constructor(whole: string) {
    const cuts: Cut[] = [];
    const kept: string[] = [];
    let from = 0;
    let removed = 0;
    for (const [start, end] of longTexts(whole)) {
      cuts.push({ at: start - removed, text: whole.slice(start, end) });
      kept.push(whole.slice(from, start));
      removed += end - start;
      from = end;
    }
    this.rest = kept.join('') + whole.slice(from);
    this.#cuts = cuts;
  }

  /** The place in the whole text of one in the shortened text. */
  place(offset: number): number {
    let place = offset;
    for (const { at, text } of this.#cuts) if (at < offset) place += text.length;
    return place;
  }

  /** The value of the text that was taken out of this range of the shortened text; line ends as TOML reads them. */
  within([start, end]: readonly [number, number]): string | undefined {
    const cut = this.#cuts.find(({ at }) => start < at && at < end);
    return cut?.text.replaceAll('\r\n', '\n');
  }
}

const OPENERS = /#|"""|'''|["']/g;

/** What is inside each text that is long and plain, without the line end that TOML leaves out. */
function* longTexts(toml: string): Generator<readonly [start: number, end: number]> {
  let from = 0;
  for (;;) {
    OPENERS.lastIndex = from;
    const opener = OPENERS.exec(toml)?.[0];
    if (opener === undefined) return;
    const start = OPENERS.lastIndex;
    const end = endOf(toml, opener, start);
    // Whatever is wrong there, the parser says it.
    if (end === undefined) return;
    from = end + (opener === '#' ? 0 : opener.length);
    if (opener === '#' || end - start < LONG || !isPlain(toml, opener, start, end)) continue;
    if (opener.length === 3) yield [start + lineEndAt(toml, start), end];
    else if (isValue(toml, start - 2, end + 1)) yield [start, end];
  }
}

/** Where the text ends that begins there, before its closing quotes; a comment ends with its line. */
function endOf(toml: string, opener: string, start: number): number | undefined {
  if (opener === '#') return indexOrEnd(toml, '\n', start);
  const closing = CLOSINGS[opener as keyof typeof CLOSINGS];
  closing.lastIndex = start;
  for (let found = closing.exec(toml); found !== null; found = closing.exec(toml)) {
    if (found[0] === opener) return found.index + moreQuotes(toml, opener, closing.lastIndex);
    if (found[0] === '\n') return undefined;
  }
  return undefined;
}

const CLOSINGS = { '"""': /\\[^]|"""/g, "'''": /'''/g, '"': /\\.|["\n]/g, "'": /['\n]/g };

const indexOrEnd = (text: string, part: string, from: number): number => {
  const index = text.indexOf(part, from);
  return index < 0 ? text.length : index;
};

/** Up to two quotes directly behind the closing ones belong to a multi-line text. */
function moreQuotes(toml: string, opener: string, behind: number): number {
  if (opener.length === 1) return 0;
  let more = 0;
  while (more < 2 && toml[behind + more] === opener[0]) more++;
  return more;
}

const lineEndAt = (toml: string, at: number): number =>
  toml[at] === '\n' ? 1 : toml.startsWith('\r\n', at) ? 2 : 0;

/** Carriage returns too, unless line feeds follow them. A quote too many could not be refused without the text. */
function isPlain(toml: string, opener: string, start: number, end: number): boolean {
  const text = toml.slice(start, end);
  if (toml[end + opener.length] === opener[0]) return false;
  if (opener.startsWith('"') && text.includes('\\')) return false;
  return !FORBIDDEN.test(text.includes('\r') ? text.replaceAll('\r\n', '\n') : text);
}

// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\0-\x08\x0b-\x1f\x7f]/;

/** Keys may be quoted too; none follows an equals sign or precedes a comma. */
function isValue(toml: string, before: number, behind: number): boolean {
  let left = before;
  while (toml[left] === ' ') left--;
  let right = behind;
  while (toml[right] === ' ') right++;
  return toml[left] === '=' || toml[right] === ',';
}
