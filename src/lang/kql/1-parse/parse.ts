/**
 * KQL's grammar by recursive descent (kql §2.1). The reference grammar is a PEG with ordered choice, but no choice
 * ever needs a second try: after a value, the next character decides between a range, a field and free text. So
 * a syntax error stands where a PEG parser reports its furthest failure.
 */
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { DiagnosticError, diagnostic } from '../../../base/diagnostic.ts';
import type { Result } from '../../../base/result.ts';
import { failure, success } from '../../../base/result.ts';
import type { Source } from '../../../base/source.ts';
import type { Span } from '../../../base/span.ts';
import { cover, span } from '../../../base/span.ts';
import type { Order } from '../../../data/fold.ts';
import { DEEPEST_NESTING } from '../../kit/nesting.ts';
import type { KqlNode, Value } from './ast.ts';
import type { Expected, Opening } from './mistake.ts';
import { explainMistake } from './mistake.ts';
import { conjunctionEnd, notEnd, scanValue, skipWhite } from './scan.ts';

/**
 * The syntax tree of a query, or the first mistake in it. A blank query is `*:*` (kql §2.4). Never throws.
 */
export function parseKql(query: Source): Result<KqlNode> {
  try {
    return success(new Parser(query).query());
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(error.diagnostic);
    throw error;
  }
}

const RANGE_OPERATORS: readonly (readonly [text: string, order: Order])[] = [
  ['<=', 'lte'],
  ['>=', 'gte'],
  ['<', 'lt'],
  ['>', 'gt'],
];

/** Parses one operand of `and`, `or` or `not`: a sub-query, or a value of a value list. */
type Operand = () => KqlNode;

class Parser {
  readonly #source: Source;
  readonly #text: string;
  /** Brackets that are open at the present position, the innermost last. */
  readonly #open: Opening[] = [];
  #at = 0;

  constructor(query: Source) {
    this.#source = query;
    this.#text = query.text;
  }

  query(): KqlNode {
    this.#skipWhite();
    if (this.#at === this.#text.length) return matchAll(span(0, 0));
    const tree = this.#or(this.#subQuery);
    this.#skipWhite();
    if (this.#at < this.#text.length) this.#fail('end');
    return tree;
  }

  #or(operand: Operand): KqlNode {
    return this.#joined('or', () => this.#and(operand));
  }

  #and(operand: Operand): KqlNode {
    return this.#joined('and', () => this.#not(operand));
  }

  /** One operand stands for itself, several make one node: `a or b or c` is not nested. */
  #joined(kind: 'and' | 'or', operand: Operand): KqlNode {
    const start = this.#at;
    const first = operand();
    const args = [first];
    for (let next = this.#conjunction(kind); next !== undefined; next = this.#conjunction(kind)) {
      this.#at = next;
      args.push(operand());
    }
    return args.length === 1 ? first : { kind, args, span: this.#since(start) };
  }

  #conjunction(kind: 'and' | 'or'): number | undefined {
    return conjunctionEnd(this.#text, this.#at, kind);
  }

  #not(operand: Operand): KqlNode {
    const start = this.#at;
    const after = notEnd(this.#text, start);
    if (after === undefined) return operand();
    this.#at = after;
    const arg = operand();
    return { kind: 'not', arg, span: this.#since(start) };
  }

  readonly #subQuery: Operand = () =>
    this.#text[this.#at] === '('
      ? this.#bracketed('(', ')', () => this.#or(this.#subQuery))
      : this.#leaf(this.#value('query'));

  #leaf(first: Value): KqlNode {
    const afterWhite = skipWhite(this.#text, this.#at);
    const range = RANGE_OPERATORS.find(([text]) => this.#text.startsWith(text, afterWhite));
    if (range !== undefined) return this.#range(first, range[1], afterWhite + range[0].length);
    if (this.#text[afterWhite] !== ':') return { kind: 'is', field: null, value: first, span: first.span };
    this.#at = afterWhite + 1;
    this.#skipWhite();
    return this.#text[this.#at] === '{' ? this.#nested(first) : this.#fieldIs(first);
  }

  #range(field: Value, order: Order, after: number): KqlNode {
    this.#at = after;
    this.#skipWhite();
    const value = this.#value('bound');
    return { kind: 'range', field, order, value, span: cover(field.span, value.span) };
  }

  #nested(field: Value): KqlNode {
    const arg = this.#bracketed('{', '}', () => this.#or(this.#subQuery));
    return { kind: 'nested', field, arg, span: span(field.span.start, this.#at) };
  }

  #fieldIs(field: Value): KqlNode {
    if (this.#text[this.#at] === '(')
      return { ...this.#valueList(field), span: this.#since(field.span.start) };
    const value = this.#value('value');
    return { kind: 'is', field, value, span: cover(field.span, value.span) };
  }

  /** Written out over the field: `f:(a or not b)` is `f:a or not f:b`. */
  #valueList(field: Value): KqlNode {
    const operand: Operand = () => {
      if (this.#text[this.#at] === '(') return this.#bracketed('(', ')', () => this.#or(operand));
      const value = this.#value('value');
      return { kind: 'is', field, value, span: value.span };
    };
    return operand();
  }

  #bracketed(opening: Opening['bracket'], closing: ')' | '}', content: () => KqlNode): KqlNode {
    this.#open.push({ bracket: opening, at: this.#at });
    if (this.#open.length > DEEPEST_NESTING) throw new DiagnosticError(this.#tooDeep());
    this.#at += 1;
    this.#skipWhite();
    const tree = content();
    this.#skipWhite();
    if (this.#text[this.#at] !== closing) this.#fail('end');
    this.#open.pop();
    this.#at += 1;
    return tree;
  }

  #value(expected: Expected): Value {
    const scanned = scanValue(this.#text, this.#at);
    if (scanned === undefined) return this.#fail(expected);
    this.#at = scanned.end;
    return scanned.value;
  }

  /** What was read since an offset; a bare value has taken the white space behind it, which no span covers. */
  #since(start: number): Span {
    return span(start, start + this.#text.slice(start, this.#at).trimEnd().length);
  }

  #skipWhite(): void {
    this.#at = skipWhite(this.#text, this.#at);
  }

  #fail(expected: Expected): never {
    throw new DiagnosticError(explainMistake(this.#source, this.#at, expected, this.#open));
  }

  #tooDeep(): Diagnostic {
    return diagnostic('KQL113', `the query nests brackets more than ${DEEPEST_NESTING} deep`, {
      source: this.#source,
      span: span(this.#at, this.#at + 1),
    });
  }
}

/** `*:*`, as the reference grammar reads a blank query. */
function matchAll(where: Span): KqlNode {
  const star: Value = { kind: 'wildcard', pieces: ['', ''], span: where };
  return { kind: 'is', field: star, value: star, span: where };
}
