/**
 * The tests that stand beside a rule, in `NAME.tests.toml`: a base record, and cases that change it. Every case says
 * whether the rule must find something in its records (`[[fires]]`) or nothing (`[[quiet]]`).
 */
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { source } from '../base/source.ts';
import { didYouMean } from '../base/typo.ts';
import { changed } from '../data/change.ts';
import type { JsonObject, JsonValue } from '../data/document.ts';
import { isObject } from '../data/document.ts';
import type { Path, Positions } from '../rules/format/positions.ts';
import { parseToml } from '../rules/format/toml.ts';

export interface RuleTestCase {
  readonly name: string;
  readonly expects: 'fires' | 'quiet';
  /** The exact number of alerts, where the case names one. */
  readonly alerts?: number;
  /** The records, in order, as they would stand in a log. */
  readonly records: readonly JsonObject[];
  readonly line: number;
}

/** Reads a test file; every problem in it is reported at once, as TEST001 at its place. */
export function parseRuleTests(file: string, text: string): Result<readonly RuleTestCase[]> {
  const parsed = parseToml(source(file, text));
  if (!parsed.ok) return parsed;
  const reader = new CaseReader(parsed.value.positions);
  const cases = reader.cases(parsed.value.value);
  return reader.problems.length > 0 ? failure(...reader.problems) : success(cases);
}

const FILE_KEYS = ['base', 'fires', 'quiet'];
const CASE_KEYS = ['name', 'alerts', 'with', 'without', 'events'];
const CHANGE_KEYS = ['with', 'without'];

class CaseReader {
  readonly problems: Diagnostic[] = [];
  readonly #positions: Positions;

  constructor(positions: Positions) {
    this.#positions = positions;
  }

  cases(file: JsonObject): RuleTestCase[] {
    this.#onlyKeys(file, [], FILE_KEYS);
    const base = this.#table(file['base'], ['base']) ?? {};
    return (['fires', 'quiet'] as const).flatMap((expects) => {
      const list = file[expects] ?? [];
      if (!Array.isArray(list)) {
        this.#problem([expects], `\`${expects}\` must be a list of tables, written [[${expects}]]`);
        return [];
      }
      return list.flatMap((item: JsonValue, index) => this.#case(item, [expects, index], expects, base));
    });
  }

  #case(item: JsonValue, path: Path, expects: RuleTestCase['expects'], base: JsonObject): RuleTestCase[] {
    const table = this.#table(item, path);
    if (table === undefined) return [];
    this.#onlyKeys(table, path, CASE_KEYS);
    const { name, alerts, events } = table;
    if (typeof name !== 'string') this.#problem([...path, 'name'], 'the case needs a `name`');
    if (alerts !== undefined && (typeof alerts !== 'number' || alerts < 1)) {
      this.#problem([...path, 'alerts'], '`alerts` must be a number of at least 1');
    }
    const changed = this.#changed(base, table, path);
    const line = this.#positions.source.place(this.#positions.nearest(path).start).line;
    const records = Array.isArray(events)
      ? events.flatMap((event: JsonValue, n) => this.#event(changed, event, [...path, 'events', n]))
      : [changed];
    const count = typeof alerts === 'number' ? { alerts } : {};
    return [{ name: String(name), expects, records, line, ...count }];
  }

  #event(base: JsonObject, event: JsonValue, path: Path): JsonObject[] {
    const table = this.#table(event, path);
    if (table === undefined) return [];
    this.#onlyKeys(table, path, CHANGE_KEYS);
    return [this.#changed(base, table, path)];
  }

  #changed(base: JsonObject, change: JsonObject, path: Path): JsonObject {
    const added = change['with'] === undefined ? {} : (this.#table(change['with'], [...path, 'with']) ?? {});
    const removed = change['without'] ?? [];
    if (!Array.isArray(removed)) this.#problem([...path, 'without'], '`without` must be a list of paths');
    const paths = Array.isArray(removed) ? removed.filter((p: JsonValue) => typeof p === 'string') : [];
    return changed(base, added, paths);
  }

  #table(value: JsonValue | undefined, path: Path): JsonObject | undefined {
    if (value === undefined || isObject(value)) return value;
    this.#problem(path, `\`${path.join('.')}\` must be a table`);
    return undefined;
  }

  #onlyKeys(table: JsonObject, path: Path, known: readonly string[]): void {
    for (const key of Object.keys(table).filter((k) => !known.includes(k))) {
      const hint = didYouMean(key, known) ?? `known here: ${known.join(', ')}`;
      this.#problem([...path, key], `\`${key}\` means nothing in a test file`, hint);
    }
  }

  #problem(path: Path, message: string, hint?: string): void {
    const place = { source: this.#positions.source, span: this.#positions.nearest(path) };
    this.problems.push(diagnostic('TEST001', message, { ...place, hint }));
  }
}
