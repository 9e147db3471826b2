/** Collects what a language has to say about one text, and hands it out in the order of the text and not without end. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic, DiagnosticError } from '../../base/diagnostic.ts';
import type { MessageCode } from '../../base/messages/index.ts';
import type { Source } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';

/** So many problems of one text are shown. */
const MOST_SHOWN = 25;

export class Report {
  readonly source: Source;
  readonly #errors: Diagnostic[] = [];
  readonly #others: Diagnostic[] = [];

  constructor(source: Source) {
    this.source = source;
  }

  /** Whether there was an error; warnings are none. */
  get failed(): boolean {
    return this.#errors.length > 0;
  }

  /** Whether there are more errors than will be shown, so that looking for others is of no use. */
  get full(): boolean {
    return this.#errors.length > MOST_SHOWN;
  }

  say(code: MessageCode, message: string, span: Span, hint?: string): void {
    this.add(diagnostic(code, message, { source: this.source, span, hint }));
  }

  /** The same as an exception, for leaving a construct that cannot be read on. */
  fatal(code: MessageCode, message: string, span: Span, hint?: string): DiagnosticError {
    return new DiagnosticError(diagnostic(code, message, { source: this.source, span, hint }));
  }

  add(found: Diagnostic): void {
    const list = found.severity === 'error' ? this.#errors : this.#others;
    if (list.length <= MOST_SHOWN) list.push(found);
  }

  /** At most `MOST_SHOWN`, errors rather than warnings, in the order of the text; `more` says that there are others. */
  diagnostics(more: MessageCode): readonly Diagnostic[] {
    const all = [...this.#errors, ...this.#others];
    const shown = all.slice(0, MOST_SHOWN).sort((a, b) => start(a) - start(b));
    if (all.length <= MOST_SHOWN) return shown;
    const message = `there are more than ${MOST_SHOWN} problems; the others are not shown`;
    return [...shown, diagnostic(more, message, { source: this.source })];
  }
}

const start = (d: Diagnostic): number => d.span?.start ?? 0;
