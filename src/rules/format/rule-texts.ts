/**
 * What becomes of the texts of rule files. Thousands of rules are loaded for each that raises an alert, and most of what is
 * written in them only alerts tell: guides, and the files themselves, should something in them be pointed at.
 */
import type { Source } from '../../base/source.ts';
import { laterSource } from '../../base/source.ts';
import type { RuleDocument } from './schema.ts';

/** Puts a text away, and gives what gives it back. */
export type Keep = (text: string) => () => string;

/** Shorter texts are not worth the trouble. */
const LONG = 512;

/** V8 copies texts that are shorter. */
const SHORTEST_SLICE = 13;

type Hidden = ReadonlyMap<string, () => string>;
const hidden = new WeakMap<object, Hidden>();

/** By key. All rules have the same ones, as objects with getters of their own would each have a shape of its own. */
const getters = new Map<string, PropertyDescriptor>();

export class RuleTexts {
  readonly #keep: Keep;
  /** Rules name the same fields, techniques and indices. */
  readonly #own = new Map<string, string>();

  /** Texts stay where they are unless it is given where to put them. */
  constructor(keep: Keep = (text) => () => text) {
    this.#keep = keep;
  }

  /** A file of which the text was put away. */
  source(name: string, text: string): Source {
    return laterSource(name, this.#keep(text));
  }

  /** The same text in memory of its own: one that was cut out of another one holds all of it, however short it is. */
  own(text: string): string {
    if (text.length < SHORTEST_SLICE) return text;
    const known = this.#own.get(text);
    if (known !== undefined) return known;
    const own = JSON.parse(JSON.stringify(text)) as string;
    if (own.length < LONG) this.#own.set(own, own);
    return own;
  }

  /** The same document, of which the long texts of its rule were put away. */
  document(document: RuleDocument): RuleDocument {
    const rule = {};
    const away = new Map<string, () => string>();
    for (const [key, value] of Object.entries(document.rule)) {
      if (typeof value !== 'string' || value.length < LONG) Object.assign(rule, { [key]: value });
      else {
        away.set(key, this.#keep(value));
        Object.defineProperty(rule, key, getter(key));
      }
    }
    if (away.size === 0) return document;
    hidden.set(rule, away);
    return { ...document, rule: rule as RuleDocument['rule'] };
  }
}

function getter(key: string): PropertyDescriptor {
  const known = getters.get(key);
  if (known !== undefined) return known;
  const made: PropertyDescriptor = {
    get(this: object) {
      return hidden.get(this)?.get(key)?.();
    },
    enumerable: true,
    configurable: true,
  };
  getters.set(key, made);
  return made;
}
