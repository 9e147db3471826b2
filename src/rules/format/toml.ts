/** TOML text to plain values and their positions. The positions are read when something is to be pointed at. */
import type { AST } from 'toml-eslint-parser';
import { ParseError, parseTOML } from 'toml-eslint-parser';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { span } from '../../base/span.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import { LongTexts } from './long-texts.ts';
import type { Entry } from './positions.ts';
import { Positions, entry } from './positions.ts';
import { tomlValues } from './toml-values.ts';

export interface Parsed {
  readonly value: JsonObject;
  readonly positions: Positions;
}

/**
 * Dates become the text that was written, integers beyond 2^53 a `Numeral`; everything else is what JSON would hold.
 * A syntax error is RULE001 at its place. `own` gives the texts of which values are made: the same ones, in other memory.
 */
export function parseToml(source: Source, own?: (text: string) => string): Result<Parsed> {
  const value = tomlValues(source.text, own);
  if (value === undefined) return parseWithPlaces(source);
  return success({ value, positions: new Positions(source, () => places(source)) });
}

function places(source: Source): Entry {
  const parsed = parseWithPlaces(source);
  return parsed.ok ? parsed.value.root : entry(span(0, 0));
}

interface Placed extends Parsed {
  readonly root: Entry;
}

/** Values and places in one walk over the syntax tree. */
export function parseWithPlaces(source: Source): Result<Placed> {
  const texts = new LongTexts(source.text);
  try {
    return success(new Reader(source, texts).program(parseTOML(texts.rest)));
  } catch (error) {
    return failure(syntaxError(source, texts, error));
  }
}

function syntaxError(source: Source, texts: LongTexts, error: unknown) {
  if (error instanceof ParseError) {
    const at = Math.min(texts.place(error.index), source.text.length);
    const what = error.message.charAt(0).toLowerCase() + error.message.slice(1);
    return diagnostic('RULE001', `not valid TOML: ${what}`, { source, span: span(at, at + 1) });
  }
  // The parser recurses: it runs out of stack on very deep nesting and on texts of a hundred thousand escaped characters.
  const what = error instanceof Error ? error.message : String(error);
  return diagnostic('RULE001', `the TOML parser gave up: ${what}`, {
    source,
    span: span(0, 0),
    hint: 'look for a very long text or very deep nesting',
  });
}

type Table = Record<string, JsonValue>;

/** A container that is being filled, with its entry in the tree of positions. */
interface Slot {
  readonly container: Table | JsonValue[];
  readonly at: Entry;
}

const nameOf = (key: AST.TOMLBare | AST.TOMLQuoted): string => ('name' in key ? key.name : key.value);

class Reader {
  readonly #source: Source;
  readonly #texts: LongTexts;

  constructor(source: Source, texts: LongTexts) {
    this.#source = source;
    this.#texts = texts;
  }

  program(program: AST.TOMLProgram): Placed {
    const root: Slot = { container: {}, at: entry(span(0, 0)) };
    for (const node of program.body[0].body) {
      if (node.type === 'TOMLTable') this.#table(root, node);
      else this.#keyValue(root, node);
    }
    const positions = new Positions(this.#source, () => root.at);
    return { value: root.container as Table, positions, root: root.at };
  }

  #span({ range: [start, end] }: { readonly range: readonly [number, number] }): Span {
    return span(this.#texts.place(start), this.#texts.place(end));
  }

  #table(root: Slot, node: AST.TOMLTable): void {
    const header = this.#span(node.key);
    let slot = root;
    for (const [depth, step] of node.resolvedKey.entries()) {
      const holdsList = typeof node.resolvedKey[depth + 1] === 'number';
      slot = descend(slot, step, header, holdsList);
    }
    for (const line of node.body) this.#keyValue(slot, line);
  }

  #keyValue(table: Slot, node: AST.TOMLKeyValue): void {
    let slot = table;
    const last = node.key.keys.at(-1);
    if (last === undefined) return;
    for (const key of node.key.keys.slice(0, -1)) slot = descend(slot, nameOf(key), this.#span(key), false);
    const at = entry(this.#span(node.value), this.#span(last));
    set(slot, nameOf(last), this.#value(node.value, at), at);
  }

  #value(node: AST.TOMLContentNode, at: Entry): JsonValue {
    if (node.type === 'TOMLValue') return readScalar(node, this.#texts);
    const slot: Slot = { container: node.type === 'TOMLArray' ? [] : {}, at };
    if (node.type === 'TOMLInlineTable') for (const line of node.body) this.#keyValue(slot, line);
    else {
      for (const [index, element] of node.elements.entries()) {
        const place = entry(this.#span(element));
        set(slot, index, this.#value(element, place), place);
      }
    }
    return slot.container;
  }
}

/** The container below `slot`, made when it is not there yet. */
function descend(slot: Slot, step: string | number, header: Span, holdsList: boolean): Slot {
  const known = slot.at.children.get(step);
  if (known !== undefined) return { container: get(slot, step) as Slot['container'], at: known };
  const made: Slot = { container: holdsList ? [] : {}, at: entry(header, header) };
  set(slot, step, made.container, made.at);
  return made;
}

function readScalar(node: AST.TOMLValue, texts: LongTexts): JsonValue {
  if (node.kind === 'integer') {
    return Number.isSafeInteger(node.value) ? node.value : new Numeral(node.bigint.toString());
  }
  if (node.kind === 'float') return Number.isFinite(node.value) ? node.value : node.number;
  if (node.kind === 'string') return node.value === '' ? (texts.within(node.range) ?? '') : node.value;
  return node.kind === 'boolean' ? node.value : node.datetime;
}

function get(slot: Slot, step: string | number): JsonValue | undefined {
  return (slot.container as Record<string | number, JsonValue>)[step];
}

/** Defines the key as the container's own, so that `__proto__` is a key like any other. */
function set(slot: Slot, step: string | number, value: JsonValue, at: Entry): void {
  if (step === '__proto__')
    Object.defineProperty(slot.container, step, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else (slot.container as Record<string | number, JsonValue>)[step] = value;
  slot.at.children.set(step, at);
}
