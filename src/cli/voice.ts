/** Everything that is said to the user beside the data: on stderr, and only errors when quiet. */
import type { Diagnostic } from '../base/diagnostic.ts';
import { picture } from '../base/diagnostic.ts';
import type { Output, Style } from './terminal.ts';
import { hanging } from './text/layout.ts';
import type { Paint } from './text/paint.ts';
import { safe, safeLines } from './text/safe.ts';

export class Voice {
  readonly #output: Output;
  readonly #quiet: boolean;
  readonly style: Style;

  constructor(output: Output, style: Style, quiet: boolean) {
    this.#output = output;
    this.style = style;
    this.#quiet = quiet;
  }

  error(message: string, hint?: string): void {
    this.#print(this.#labelled('error', this.style.paint.bad, message));
    if (hint !== undefined) this.#print(this.#labelled('hint', this.style.paint.command, hint));
  }

  warning(message: string): void {
    if (!this.#quiet) this.#print(this.#labelled('warning', this.style.paint.warn, message));
  }

  /** A remark that stands for itself. */
  note(message: string): void {
    if (!this.#quiet) this.#print(hanging('', safe(message), this.style.width, 0));
  }

  /** Details of an error, as they are: said even when quiet. */
  details(text: string): void {
    this.#print(safeLines(text).split('\n'));
  }

  /** Lines that are laid out already. */
  lines(lines: readonly string[]): void {
    if (!this.#quiet) this.#print(lines);
  }

  /** With place, caret and hint. Errors are said even when quiet. */
  diagnostic(d: Diagnostic): void {
    if (d.severity === 'error' || !this.#quiet) this.#print(pictureLines(d, this.style));
  }

  /** The first errors in full, and how many there are beyond them; `more` says how to see those. */
  diagnostics(all: readonly Diagnostic[], most: number, more: string): void {
    for (const d of all.slice(0, most)) this.diagnostic(d);
    if (all.length > most) this.note(`and ${all.length - most} more: ${more}`);
  }

  #labelled(label: string, look: (text: string) => string, message: string): string[] {
    const head = `${label}: `;
    return hanging(head, safe(message), this.style.width, head.length).map((line) =>
      line.startsWith(head) ? look(head) + line.slice(head.length) : line,
    );
  }

  #print(lines: readonly string[]): void {
    this.#output.write(`${lines.join('\n')}\n`);
  }
}

/** The picture of a diagnostic, coloured and cut to the terminal's width. */
export function pictureLines(d: Diagnostic, { width, paint }: Style): string[] {
  const [head = '', ...rest] = safeLines(picture(d, { width: Math.max(60, width - 10) })).split('\n');
  return [paintHead(head, d, paint), ...rest.map((line) => paintBelow(line, paint))];
}

function paintHead(head: string, { severity, code }: Diagnostic, paint: Paint): string {
  const word = `${severity} ${code}`;
  const at = head.indexOf(word);
  const look = severity === 'error' ? paint.bad : paint.warn;
  return at < 0 ? head : paint.strong(head.slice(0, at)) + look(word) + head.slice(at + word.length);
}

function paintBelow(line: string, paint: Paint): string {
  const caret = /^( +\| *)(\^+)$/.exec(line);
  if (caret !== null) return paint.faint(caret[1] ?? '') + paint.bad(caret[2] ?? '');
  const hint = /^( {2}hint: )(.*)$/.exec(line);
  if (hint !== null) return paint.command(hint[1] ?? '') + (hint[2] ?? '');
  return line.replace(/^ +\d+ \|/, paint.faint);
}
