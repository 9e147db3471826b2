/**
 * The tests of a rule, in `NAME.tests.toml` beside `NAME.toml`, or anywhere with the `rule_id`: a base record, and cases
 * that change it. Every case says whether the rule must find something in its records (`[[fires]]`) or nothing
 * (`[[quiet]]`).
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
import type { Occurrence } from './occurrence.ts';
import { occurrenceProblem, occurrences } from './occurrence.ts';

export interface RuleTests {
  /** The `rule_id` of the rule that is tested; undefined where the rule stands beside the file. */
  readonly rule?: string;
  readonly cases: readonly RuleTestCase[];
}

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
export function parseRuleTests(file: string, text: string): Result<RuleTests> {
  const parsed = parseToml(source(file, text));
  if (!parsed.ok) return parsed;
  const reader = new CaseReader(parsed.value.positions);
  const tests = reader.file(parsed.value.value);
  return reader.problems.length > 0 ? failure(...reader.problems) : success(tests);
}

const FILE_KEYS = ['rule_id', 'base', 'given', 'events', 'fires', 'quiet'];
const CASE_KEYS = ['name', 'alerts', 'with', 'without', 'events'];
const EVENT_KEYS = ['given', 'with', 'without', 'at', 'repeat', 'every'];

/** What stands at the top of a file, for all of its cases. */
interface Common {
  readonly base: JsonObject;
  /** Kinds of event by name: changes to the base. */
  readonly given: JsonObject;
  /** The events of every case that lists none of its own. */
  readonly events: JsonValue | undefined;
}

type Change = (record: JsonObject) => JsonObject;

class CaseReader {
  readonly problems: Diagnostic[] = [];
  readonly #positions: Positions;

  constructor(positions: Positions) {
    this.#positions = positions;
  }

  file(file: JsonObject): RuleTests {
    this.#onlyKeys(file, [], FILE_KEYS);
    const { rule_id: rule, events } = file;
    if (rule !== undefined && typeof rule !== 'string') this.#problem(['rule_id'], '`rule_id` must be text');
    const base = this.#table(file['base'], ['base']) ?? {};
    const given = this.#table(file['given'], ['given']) ?? {};
    const cases = this.#cases(file, { base, given, events });
    return { ...(typeof rule === 'string' ? { rule } : {}), cases };
  }

  #cases(file: JsonObject, common: Common): RuleTestCase[] {
    return (['fires', 'quiet'] as const).flatMap((expects) => {
      const list = file[expects] ?? [];
      if (!Array.isArray(list)) {
        this.#problem([expects], `\`${expects}\` must be a list of tables, written [[${expects}]]`);
        return [];
      }
      return list.flatMap((item: JsonValue, index) => this.#case(item, [expects, index], expects, common));
    });
  }

  #case(item: JsonValue, path: Path, expects: RuleTestCase['expects'], common: Common): RuleTestCase[] {
    const table = this.#table(item, path);
    if (table === undefined) return [];
    this.#onlyKeys(table, path, CASE_KEYS);
    const { name, alerts } = table;
    if (typeof name !== 'string') this.#problem([...path, 'name'], 'the case needs a `name`');
    if (alerts !== undefined && (typeof alerts !== 'number' || alerts < 1)) {
      this.#problem([...path, 'alerts'], '`alerts` must be a number of at least 1');
    }
    const line = this.#positions.source.place(this.#positions.nearest(path).start).line;
    const records = this.#records(table, path, common);
    const count = typeof alerts === 'number' ? { alerts } : {};
    return [{ name: String(name), expects, records, line, ...count }];
  }

  #records(table: JsonObject, path: Path, common: Common): JsonObject[] {
    const ofCase = this.#change(table, path);
    const own = table['events'];
    const events = own ?? common.events;
    const place = own === undefined ? ['events'] : [...path, 'events'];
    if (events === undefined) return [ofCase(common.base)];
    if (!Array.isArray(events)) {
      this.#problem(place, '`events` must be a list of tables');
      return [];
    }
    let previous = 0;
    return events.flatMap((event: JsonValue, n) => {
      const occurrence = this.#event(event, [...place, n], common, ofCase);
      const made = occurrence === undefined ? undefined : occurrences(occurrence, previous);
      previous = made?.end ?? previous;
      return made?.records ?? [];
    });
  }

  /** What is named last wins: the base, the kind of event, the case, the event itself. */
  #event(event: JsonValue, path: Path, { base, given }: Common, ofCase: Change): Occurrence | undefined {
    const table = this.#table(event, path);
    if (table === undefined) return undefined;
    this.#onlyKeys(table, path, EVENT_KEYS);
    const kind = this.#kind(table['given'], given, [...path, 'given']);
    const record = this.#change(table, path)(ofCase(changed(base, kind, [])));
    const { at, repeat, every } = table;
    const wrong = occurrenceProblem({ at, repeat, every });
    if (wrong !== undefined) this.#problem([...path, wrong.key], wrong.message);
    return wrong === undefined ? ({ at, repeat, every, record } as Occurrence) : undefined;
  }

  #kind(name: JsonValue | undefined, given: JsonObject, path: Path): JsonObject {
    if (name === undefined) return {};
    const kinds = Object.keys(given);
    if (typeof name === 'string' && kinds.includes(name))
      return this.#table(given[name], ['given', name]) ?? {};
    const hint =
      didYouMean(String(name), kinds) ?? 'a kind of event is a table [given.NAME] of changes to the base';
    this.#problem(path, `no kind of event is given as "${String(name)}"`, hint);
    return {};
  }

  #change(change: JsonObject, path: Path): Change {
    const added = change['with'] === undefined ? {} : (this.#table(change['with'], [...path, 'with']) ?? {});
    const removed = change['without'] ?? [];
    if (!Array.isArray(removed)) this.#problem([...path, 'without'], '`without` must be a list of paths');
    const paths = Array.isArray(removed) ? removed.filter((p: JsonValue) => typeof p === 'string') : [];
    return (record) => changed(record, added, paths);
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
