/**
 * Lucene's classic query parser, as Elasticsearch's `query_string` uses it, with OR as the default operator
 * (kql §6.3). Operators have no precedence: each says what becomes of the clauses beside it.
 */
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { DiagnosticError, diagnostic } from '../../../base/diagnostic.ts';
import type { MessageCode } from '../../../base/messages/index.ts';
import type { Result } from '../../../base/result.ts';
import { failure, success } from '../../../base/result.ts';
import type { Source } from '../../../base/source.ts';
import type { Span } from '../../../base/span.ts';
import { span } from '../../../base/span.ts';
import { globPattern } from '../../../data/pattern.ts';
import { DEEPEST_NESTING } from '../../kit/nesting.ts';
import type { Clause, Field, LuceneNode, Occur } from './ast.ts';
import { brokenEscape, unescapeTerm } from './escape.ts';
import { leafShape, withField } from './leaf.ts';
import { explainMistake } from './mistake.ts';
import type { LuceneToken, LuceneTokenKind } from './scan.ts';
import { scanLucene } from './scan.ts';

/** The syntax tree; `undefined` for a blank query, which matches everything. Never throws. */
export function parseLucene(query: Source): Result<LuceneNode | undefined> {
  const parser = new Parser(query);
  try {
    return success(parser.query(), parser.notes);
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(...parser.notes, error.diagnostic);
    throw error;
  }
}

const MODIFIERS: readonly LuceneTokenKind[] = ['+', '-', 'not'];

/** A clause while its neighbours may still change what becomes of it. */
type OpenClause = { -readonly [K in keyof Clause]: Clause[K] };

class Parser {
  readonly notes: Diagnostic[] = [];
  readonly #source: Source;
  #token: LuceneToken;
  /** Where the last token that was taken ends. */
  #end = 0;
  #depth = 0;

  constructor(query: Source) {
    this.#source = query;
    this.#token = scanLucene(query.text, 0);
  }

  query(): LuceneNode | undefined {
    if (this.#is('end')) return undefined;
    const tree = this.#clauses(undefined);
    if (!this.#is('end')) this.#unexpected('an operator, a term or the end of the query');
    return tree;
  }

  #clauses(field: Field | undefined): LuceneNode {
    const { start } = this.#token;
    const clauses: OpenClause[] = [];
    do this.#clause(clauses, field);
    while (!this.#is('end') && !this.#is(')'));
    const [only] = clauses;
    if (clauses.length === 1 && only?.occur === 'should') return only.node;
    return { kind: 'boolean', clauses, span: span(start, this.#end) };
  }

  #is(kind: LuceneTokenKind): boolean {
    return this.#token.kind === kind;
  }

  /** `AND` requires the clauses on both sides, unless they are forbidden. */
  #clause(clauses: OpenClause[], field: Field | undefined): void {
    const last = clauses.at(-1);
    const conjunction = last === undefined ? undefined : this.#conjunction();
    const modifier = this.#modifier();
    if (conjunction === 'and' && last?.occur === 'should') last.occur = 'must';
    const node = this.#operand(field);
    const bare = conjunction === undefined && modifier === undefined;
    clauses.push({
      occur: occurOf(conjunction, modifier),
      node,
      adjacent: bare && last?.node.kind === 'term' && node.kind === 'term',
    });
  }

  #conjunction(): 'and' | 'or' | undefined {
    const { kind } = this.#token;
    if (kind !== 'and' && kind !== 'or') return undefined;
    this.#take();
    return kind;
  }

  #modifier(): LuceneTokenKind | undefined {
    return MODIFIERS.includes(this.#token.kind) ? this.#take().kind : undefined;
  }

  #operand(outer: Field | undefined): LuceneNode {
    const { start } = this.#token;
    const field = this.#field() ?? outer;
    return this.#is('(') ? this.#group(field) : this.#leaf(start, field);
  }

  #field(): Field | undefined {
    const { kind, end, text } = this.#token;
    if (kind !== 'term' && text !== '*') return undefined;
    if (scanLucene(this.#source.text, end).kind !== ':') return undefined;
    const token = this.#take();
    this.#take();
    const name = unescapeTerm(token.text);
    return { name: name.includes('*') ? globPattern(name) : name, span: span(token.start, token.end) };
  }

  #group(field: Field | undefined): LuceneNode {
    const opening = this.#take();
    if (++this.#depth > DEEPEST_NESTING)
      this.#fail('LUC109', `the query nests parentheses more than ${DEEPEST_NESTING} deep`, opening);
    const tree = this.#clauses(field);
    if (!this.#is(')')) this.#fail('LUC111', 'this "(" is never closed', opening);
    this.#take();
    this.#depth--;
    this.#boost();
    return tree;
  }

  #leaf(start: number, field: Field | undefined): LuceneNode {
    const token = this.#token;
    const shape = leafShape(token);
    if (shape === undefined) this.#unexpected('a term, a phrase, a range, a regular expression or "("');
    this.#take();
    this.#checkEscapes(token);
    this.#fuzzy(token);
    this.#boost();
    const place = { span: span(start, token.end), valueSpan: span(token.start, token.end) };
    return withField(shape, place, field);
  }

  #fuzzy(token: LuceneToken): void {
    if (!this.#is('fuzzy') || this.#token.start !== token.end) return;
    const what = token.kind === 'phrase' ? 'a phrase with room between its words' : 'a fuzzy term';
    this.#fail('LUC105', `${what} (\`${token.text}${this.#token.text}\`) is not supported`, this.#token);
  }

  #boost(): void {
    if (!this.#is('boost')) return;
    const boost = this.#take();
    this.#note('LUC201', `\`${boost.text}\` changes the score of a hit and not whether it is one`, boost);
  }

  #checkEscapes({ kind, text, start }: LuceneToken): void {
    const broken = kind === 'regexp' ? undefined : brokenEscape(text);
    if (broken === undefined) return;
    this.#fail('LUC107', '`\\u` needs four hexadecimal digits', span(start + broken, start + broken + 2));
  }

  #take(): LuceneToken {
    const taken = this.#token;
    this.#end = taken.end;
    this.#token = scanLucene(this.#source.text, taken.end);
    return taken;
  }

  #unexpected(expected: string): never {
    throw new DiagnosticError(explainMistake(this.#source, this.#token, expected));
  }

  #fail(code: MessageCode, message: string, { start, end }: Span): never {
    throw new DiagnosticError(diagnostic(code, message, { source: this.#source, span: span(start, end) }));
  }

  #note(code: MessageCode, message: string, { start, end }: Span): void {
    this.notes.push(diagnostic(code, message, { source: this.#source, span: span(start, end) }));
  }
}

function occurOf(conjunction: 'and' | 'or' | undefined, modifier: LuceneTokenKind | undefined): Occur {
  if (modifier === '-' || modifier === 'not') return 'mustNot';
  return modifier === '+' || conjunction === 'and' ? 'must' : 'should';
}
