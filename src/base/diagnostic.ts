/**
 * What Winnow says to a person about their text or data: what, where, why, and what to do. Every code stands in
 * a catalogue (`base/messages`), from which the reference page is generated; a code is never used twice.
 */
import type { MessageCode } from './messages/index.ts';
import { messages } from './messages/index.ts';
import type { Source } from './source.ts';
import type { Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'note';

export interface Diagnostic {
  readonly code: MessageCode;
  readonly severity: Severity;
  /** One sentence without a full stop: what is wrong, with the offending words in it. */
  readonly message: string;
  /** What to do about it, when there is something to say beyond the catalogue's page. */
  readonly hint?: string;
  readonly source?: Source;
  readonly span?: Span;
}

export interface Details {
  readonly hint?: string | undefined;
  readonly source?: Source | undefined;
  readonly span?: Span | undefined;
}

/** A diagnostic with the severity that the catalogue gives to its code. */
export function diagnostic(code: MessageCode, message: string, details: Details = {}): Diagnostic {
  const { hint, source, span } = details;
  return {
    code,
    severity: messages[code].severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(source === undefined ? {} : { source }),
    ...(span === undefined ? {} : { span }),
  };
}

/** Thrown inside a parser or checker to leave it; caught at that module's public function, never beyond. */
export class DiagnosticError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** `file:line:column`, `file`, or the empty string when the diagnostic has no source. */
export function location(d: Diagnostic): string {
  if (d.source === undefined) return '';
  if (d.span === undefined) return d.source.name;
  const { line, column } = d.source.place(d.span.start);
  return `${d.source.name}:${line}:${column}`;
}

const WIDEST_LINE = 160;

export interface PictureOptions {
  /** Columns of the source line that are shown. */
  readonly width?: number;
}

/**
 * The picture that a terminal shows, without colour:
 *
 *     rules/a.toml:12:8: error KQL101: expected a value after ":"
 *       12 | query = "a: or"
 *          |          ^^
 *       hint: …
 *
 * At most `width` columns of the source line are shown, the place among them.
 */
export function picture(d: Diagnostic, { width = WIDEST_LINE }: PictureOptions = {}): string {
  const head = [location(d), `${d.severity} ${d.code}`, d.message].filter((part) => part !== '').join(': ');
  return [head, ...caretLines(d, width), ...(d.hint === undefined ? [] : [`  hint: ${d.hint}`])].join('\n');
}

function caretLines(d: Diagnostic, widest: number): string[] {
  if (d.source === undefined || d.span === undefined) return [];
  const from = d.source.place(d.span.start);
  const to = d.source.place(Math.max(d.span.start, d.span.end));
  const whole = d.source.line(from.line);
  const skip = from.column > (widest * 3) / 4 ? from.column - Math.floor(widest / 3) : 0;
  const shown = whole.slice(skip, skip + widest).replaceAll('\t', ' ');
  const endColumn = to.line === from.line ? to.column : whole.length + 1;
  const room = Math.max(1, shown.length - (from.column - 1 - skip));
  const width = Math.min(Math.max(1, endColumn - from.column), room);
  const gutter = String(from.line).length;
  return [
    `  ${from.line} | ${shown}`,
    `  ${' '.repeat(gutter)} | ${' '.repeat(from.column - 1 - skip)}${'^'.repeat(width)}`,
  ];
}
