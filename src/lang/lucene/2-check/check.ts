/** What is wrong with a query string that parses: what cannot be run, and what means something else than it seems to. */
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { diagnostic } from '../../../base/diagnostic.ts';
import type { MessageCode } from '../../../base/messages/index.ts';
import type { Source } from '../../../base/source.ts';
import type { Span } from '../../../base/span.ts';
import type { FieldInfo, FieldTypes } from '../../../data/field-type.ts';
import { translateLuceneRegexp } from '../../../data/lucene-regexp.ts';
import type { Refused } from '../../kit/leaf.ts';
import { leafTest } from '../../kit/leaf.ts';
import { nearKnownName } from '../../kit/near-name.ts';
import type { Boolean, Clause, LuceneLeaf, LuceneNode, Regexp } from '../1-parse/ast.ts';
import { questionOf } from './question.ts';

export function checkLucene(tree: LuceneNode, query: Source, types: FieldTypes): readonly Diagnostic[] {
  const checker = new Checker(query, types);
  checker.visit(tree);
  return checker.found;
}

class Checker {
  readonly found: Diagnostic[] = [];
  readonly #query: Source;
  readonly #types: FieldTypes;

  constructor(query: Source, types: FieldTypes) {
    this.#query = query;
    this.#types = types;
  }

  visit(node: LuceneNode): void {
    if (node.kind === 'boolean') this.#boolean(node);
    else this.#leaf(node);
  }

  #boolean({ clauses }: Boolean): void {
    const required = clauses.some(({ occur }) => occur === 'must');
    clauses.forEach((clause, index) => {
      if (required && clause.occur === 'should')
        this.#say(
          'LUC204',
          'this clause changes nothing, as another one beside it is required',
          clause.node.span,
          'put parentheses around what belongs together',
        );
      if (clause.adjacent) this.#adjacent(clauses[index - 1], clause);
      this.visit(clause.node);
    });
  }

  #adjacent(before: Clause | undefined, { node }: Clause): void {
    if (node.kind !== 'term' || before?.node.kind !== 'term') return;
    const word = /^(?:and|or|not)$/.exec(node.text)?.[0];
    if (word !== undefined)
      this.#say(
        'LUC202',
        `\`${word}\` is a term here`,
        node.span,
        `write \`${word.toUpperCase()}\` for the operator`,
      );
    else if (node.field !== undefined && node.field === before.node.field)
      this.#say(
        'LUC203',
        `no operator stands before "${node.text}"`,
        node.span,
        'write `OR` between two terms',
      );
  }

  #leaf(leaf: LuceneLeaf): void {
    const question = questionOf(leaf);
    if (leaf.kind === 'regexp') this.#regexp(leaf);
    if (question.kind !== 'ask') return;
    if (question.name === undefined)
      return this.#say(
        'LUC209',
        'this has no field and is looked for in all of them',
        leaf.span,
        'write `field:value`',
      );
    if (typeof question.name !== 'string') return;
    const info = this.#types.resolve(question.name);
    const test = leafTest(info, question.ask);
    if (test?.kind === 'refused') this.#refused(test, info, leaf);
    const near = info.type === 'dynamic' ? nearKnownName(info.name, this.#types) : undefined;
    if (near !== undefined)
      this.#say(
        'LUC210',
        `no table knows the field \`${info.name}\``,
        leaf.field?.span ?? leaf.span,
        `did you mean "${near}"?`,
      );
  }

  #refused({ what, because }: Refused, { name }: FieldInfo, { valueSpan }: LuceneLeaf): void {
    if (what === 'unsupported') this.#say('LUC108', `${because} (field \`${name}\`)`, valueSpan);
    else this.#say('LUC207', `${because}: this never holds for \`${name}\``, valueSpan);
  }

  #regexp({ expression, valueSpan }: Regexp): void {
    const translated = translateLuceneRegexp(expression);
    if (translated.ok) return;
    const inside = valueSpan.start + 1;
    this.#say('LUC112', `the regular expression cannot be run: ${translated.message}`, {
      start: inside + translated.start,
      end: inside + Math.max(translated.end, translated.start + 1),
    });
  }

  #say(code: MessageCode, message: string, span: Span, hint?: string): void {
    this.found.push(diagnostic(code, message, { source: this.#query, span, hint }));
  }
}
