/** YAML text to plain values and their positions, in one walk over the syntax tree. */
import type { Node, Pair, YAMLMap } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { DiagnosticError, diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { span } from '../../base/span.ts';
import type { JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import type { Entry } from './positions.ts';
import { Positions, entry } from './positions.ts';
import type { Parsed } from './toml.ts';

/** References can unfold a short text without end. */
const MOST_NODES = 200_000;

/**
 * A file with one mapping (YAML 1.2, in which dates are texts). Integers beyond 2^53 become a `Numeral`, keys texts, and
 * references what they refer to. Anything else is EXC001 at its place.
 */
export function parseYaml(source: Source): Result<Parsed> {
  const document = parseDocument(source.text, { intAsBigInt: true, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const [start, end] = error.pos;
    return failure(broken(source, span(start, end), lowerFirst(error.message)));
  }
  const walk = new Walk(source, (node) => (isAlias(node) ? node.resolve(document) : node));
  try {
    const at = entry(span(0, 0));
    const value = walk.read(document.contents, at) ?? {};
    if (isObject(value)) return success({ value, positions: new Positions(source, () => at) });
    return failure(broken(source, at.value, 'a mapping of keys to values must stand here'));
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(error.diagnostic);
    throw error;
  }
}

const broken = (source: Source, at: Span, what: string) =>
  diagnostic('EXC001', `not valid YAML: ${what}`, { source, span: at });

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

class Walk {
  readonly #source: Source;
  readonly #resolve: (node: unknown) => unknown;
  #nodes = 0;

  constructor(source: Source, resolve: (node: unknown) => unknown) {
    this.#source = source;
    this.#resolve = resolve;
  }

  /** The value of a node; `at` receives the places of what is inside. */
  read(written: unknown, at: Entry): JsonValue {
    if (++this.#nodes > MOST_NODES)
      throw new DiagnosticError(broken(this.#source, at.value, 'the references unfold to too much'));
    const node = this.#resolve(written);
    if (isMap(node)) return this.#map(node, at);
    if (isSeq(node)) return node.items.map((item, index) => this.#child(item, index, at));
    return isScalar(node) ? plain(node.value) : null;
  }

  #map(map: YAMLMap, at: Entry): JsonValue {
    const members = map.items.map(({ key, value }: Pair) => {
      const name = isScalar(key) ? String(key.value) : String(key);
      return [name, this.#child(value, name, at, placeOf(key))] as const;
    });
    return Object.fromEntries(members);
  }

  #child(node: unknown, step: string | number, at: Entry, key?: Span): JsonValue {
    const child = entry(placeOf(node) ?? key ?? at.value, key);
    at.children.set(step, child);
    return this.read(node, child);
  }
}

function placeOf(node: unknown): Span | undefined {
  const range = (node as Node | null)?.range;
  return range === undefined || range === null ? undefined : span(range[0], range[1]);
}

function plain(value: unknown): JsonValue {
  if (typeof value !== 'bigint') return value as JsonValue;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : new Numeral(String(value));
}
