/** Collects what a language has to say about one text, in the order of the text and not without end. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic, DiagnosticError } from '../../base/diagnostic.ts';
import type { MessageCode } from '../../base/messages/index.ts';
import type { Source } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';

/** So many problems of one text are shown; the others are counted. */
const MOST_SHOWN = 25;

export class Report {
  readonly source: Source;
  readonly #found: Diagnostic[] = [];
  #errors = 0;

  constructor(source: Source) {
    this.source = source;
  }

  /** Whether there was an error; warnings are none. */
  get failed(): boolean {
    return this.#errors > 0;
  }

  /** Whether there are more problems than will be shown, so that looking for others is of no use. */
  get full(): boolean {
    return this.#found.length > MOST_SHOWN;
  }

  say(code: MessageCode, message: string, span: Span, hint?: string): void {
    this.add(diagnostic(code, message, { source: this.source, span, hint }));
  }

  /** The same as an exception, for leaving a construct that cannot be read on. */
  fatal(code: MessageCode, message: string, span: Span, hint?: string): DiagnosticError {
    return new DiagnosticError(diagnostic(code, message, { source: this.source, span, hint }));
  }

  add(found: Diagnostic): void {
    if (found.severity === 'error') this.#errors++;
    if (!this.full) this.#found.push(found);
  }

  /** At most `MOST_SHOWN`, in the order of the text; when there are more, `more` is the last. */
  diagnostics(more: MessageCode): readonly Diagnostic[] {
    const ordered = this.#found.slice(0, MOST_SHOWN).sort((a, b) => start(a) - start(b));
    if (!this.full) return ordered;
    const message = `there are more than ${MOST_SHOWN} problems; the others are not shown`;
    return [...ordered, diagnostic(more, message, { source: this.source })];
  }
}

const start = (d: Diagnostic): number => d.span?.start ?? 0;
