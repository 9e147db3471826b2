/**
 * What is wrong with a query that parses (kql §5.4, §8.4). Errors are what Kibana refuses; warnings are leaves that
 * can hold for no event, or that mean something else than they seem to.
 */
import type { Source } from '../../../base/source.ts';
import type { Span } from '../../../base/span.ts';
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { diagnostic } from '../../../base/diagnostic.ts';
import type { MessageCode } from '../../../base/messages/index.ts';
import type { FieldInfo, FieldTypes } from '../../../data/field-type.ts';
import { tokenize } from '../../../data/tokens.ts';
import { nestedAbove } from '../../kit/field.ts';
import type { Refused } from '../../kit/leaf.ts';
import { leafTest } from '../../kit/leaf.ts';
import { nearKnownName } from '../../kit/near-name.ts';
import type { Is, KqlNode, Nested, Value } from '../1-parse/ast.ts';
import { isLoneStar, textOfValue } from '../1-parse/ast.ts';
import type { FieldLeaf } from './question.ts';
import { askOf, fieldNameOf, hasField } from './question.ts';

/** Everything that is worth saying about a tree, in the order of the text. */
export function checkKql(tree: KqlNode, query: Source, types: FieldTypes): readonly Diagnostic[] {
  const checker = new Checker(query, types);
  checker.visit(tree, undefined);
  return checker.found;
}

class Checker {
  readonly found: Diagnostic[] = [];
  readonly #query: Source;
  readonly #types: FieldTypes;
  /** A value list repeats its field for each value; its name is judged once. */
  readonly #judgedFields = new Set<Value>();

  constructor(query: Source, types: FieldTypes) {
    this.#query = query;
    this.#types = types;
  }

  visit(node: KqlNode, within: string | undefined): void {
    switch (node.kind) {
      case 'and':
      case 'or':
        return node.args.forEach((arg) => this.visit(arg, within));
      case 'not':
        return this.visit(node.arg, within);
      case 'nested':
        return this.#nested(node, within);
      case 'range':
        return this.#fieldLeaf(node, within);
      case 'is':
        this.#value(node.value);
        return hasField(node) ? this.#fieldLeaf(node, within) : this.#freeText(node);
    }
  }

  #nested(node: Nested, within: string | undefined): void {
    const path = fieldNameOf(node.field, within);
    if (typeof path !== 'string')
      return this.#say(
        'KQL224',
        `"${textOfValue(node.field)}" is a pattern of names, not a nested field`,
        node.field.span,
      );
    const { type } = this.#types.resolve(path);
    if (!MAY_BE_NESTED.has(type))
      this.#say('KQL223', `\`${path}\` is a field of type ${type}, not a nested one`, node.field.span);
    this.visit(node.arg, path);
  }

  #freeText(node: Is): void {
    if (isLoneStar(node.value)) return;
    const text = textOfValue(node.value);
    this.#say(
      'KQL209',
      `"${text}" has no field and is looked for in all of them`,
      node.span,
      freeTextHint(text),
    );
  }

  #fieldLeaf(node: FieldLeaf, within: string | undefined): void {
    const name = fieldNameOf(node.field, within);
    if (typeof name !== 'string') return;
    const info = this.#types.resolve(name);
    if (!this.#judgedFields.has(node.field)) this.#fieldName(node, info, within);
    this.#judgedFields.add(node.field);
    if (node.kind === 'is' && isLoneStar(node.value)) return;
    this.#typedValue(node, info);
  }

  #fieldName({ field }: FieldLeaf, info: FieldInfo, within: string | undefined): void {
    const parent = nestedAbove(this.#types, info.name);
    if (parent !== undefined && parent !== within && !(within ?? '').startsWith(`${parent}.`)) {
      const rest = info.name.slice(parent.length + 1);
      this.#say(
        'KQL222',
        `\`${info.name}\` belongs to the nested field \`${parent}\``,
        field.span,
        `write \`${parent}:{ ${rest}:… }\``,
      );
    }
    const near = info.type === 'dynamic' ? nearKnownName(info.name, this.#types) : undefined;
    if (near !== undefined)
      this.#say('KQL210', `no table knows the field \`${info.name}\``, field.span, `did you mean "${near}"?`);
  }

  #typedValue(node: FieldLeaf, info: FieldInfo): void {
    const test = leafTest(info, askOf(node));
    if (test?.kind === 'refused') return this.#refused(test, info, node.value.span);
    if (node.kind === 'range') return this.#textOrder(node, info);
    if (info.type === 'text' || info.type === 'match_only_text') this.#words(node, info);
  }

  #refused({ what, because }: Refused, { name }: FieldInfo, where: Span): void {
    if (what === 'unsupported') this.#say('KQL225', `${because} (field \`${name}\`)`, where);
    else this.#say(REFUSED[what], `${because}: this never holds for \`${name}\``, where);
  }

  #textOrder(node: FieldLeaf, info: FieldInfo): void {
    if (KEYWORDS.has(info.type))
      this.#say(
        'KQL205',
        `\`${info.name}\` is a ${info.type} field: its values compare letter by letter`,
        node.span,
      );
  }

  #words({ value }: FieldLeaf, info: FieldInfo): void {
    const text = textOfValue(value);
    const words = tokenize(text, info.analyzer ?? 'standard');
    if (words.length === 0 && value.kind !== 'wildcard')
      return this.#say(
        'KQL212',
        `"${text}" holds no word: this never holds for \`${info.name}\``,
        value.span,
      );
    if (words.length < 2 || value.kind !== 'literal') return;
    const list = words.map((word) => `"${word}"`).join(' or ');
    this.#say(
      'KQL211',
      `any one word of "${text}" is enough: ${list}`,
      value.span,
      `write "${text}" in quotes to ask for the words side by side`,
    );
  }

  /** What a value's own text gives away, whatever its field is. */
  #value(value: Value): void {
    const written = this.#query.text.slice(value.span.start, value.span.end);
    const text = textOfValue(value);
    const bare = value.kind !== 'quoted';
    if (value.kind === 'literal' && value.value === null)
      this.#say(
        'KQL221',
        '`null` is not a value that can be looked for',
        value.span,
        'write `not field:*` for a field without a value',
      );
    if (!bare && text.includes('*') && text !== '*')
      this.#say(
        'KQL201',
        `the star in ${written} is a literal star`,
        value.span,
        'leave out the quotes if it was meant as a wildcard',
      );
    if (bare && text.includes('?') && !QUERY_STRING.test(text))
      this.#say(
        'KQL202',
        `the question mark in "${text}" is a literal question mark`,
        value.span,
        'KQL has only the wildcard `*`',
      );
    if (bare && /[\r\n]/.test(written))
      this.#say(
        'KQL203',
        'this value goes on over a line end',
        value.span,
        'put `or` between two values, or quote one that holds a line end',
      );
    const escape = CONTROL_ESCAPE.exec(written)?.[1];
    if (escape !== undefined)
      this.#say(
        'KQL204',
        `\`${escape}\` is ${CONTROL_NAMES[escape] ?? ''} here`,
        value.span,
        `write \`\\${escape}\` for a backslash`,
      );
  }

  #say(code: MessageCode, message: string, span: Span, hint?: string): void {
    this.found.push(diagnostic(code, message, { source: this.#query, span, hint }));
  }
}

const MAY_BE_NESTED: ReadonlySet<FieldInfo['type']> = new Set(['nested', 'object', 'dynamic', 'flattened']);
const KEYWORDS: ReadonlySet<FieldInfo['type']> = new Set(['keyword', 'constant_keyword', 'wildcard']);

const REFUSED = {
  value: 'KQL207',
  pattern: 'KQL206',
  range: 'KQL208',
  regexp: 'KQL206',
  unsupported: 'KQL225',
} as const;

/** A path with parameters, as in `/api/v1/secrets?limit*` and `*exec?command=sh*`: there the question mark is meant. */
const QUERY_STRING = /^[^?]*(?:\/[^?/]*\?[A-Za-z_][\w.-]*[&*]|\?[A-Za-z_][\w.-]*=)[^?]*$/;

const CONTROL_ESCAPE = /^(?:[^\\]|\\[^trn])*(\\[trn])/s;
const CONTROL_NAMES: Readonly<Record<string, string>> = {
  '\\t': 'a tab',
  '\\r': 'a carriage return',
  '\\n': 'a line end',
};

function freeTextHint(text: string): string {
  if (/==|!=|=~|=/.test(text)) return 'KQL has no `=`: write `field:value`';
  if (/&&|\|\|/.test(text)) return 'KQL has no `&&` and `||`: write `and` and `or`';
  return `write \`field:${text}\`, or \`field:(a or b)\` for a list`;
}
