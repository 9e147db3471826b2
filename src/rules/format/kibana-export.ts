/** Rules as Kibana exports them and its API gives them: one flat JSON object each, in a list or one on a line. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { source as sourceOf } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { span } from '../../base/span.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { ParsedJson } from './json.ts';
import { parseJson } from './json.ts';
import type { Entry } from './positions.ts';
import { Positions, entry } from './positions.ts';
import type { Profile } from './profile.ts';
import type { RuleFile } from './rule-file.ts';
import { readRule } from './rule-file.ts';
import { RuleTexts } from './rule-texts.ts';
import type { Parsed } from './toml.ts';

/** What Kibana keeps about a stored rule that is no part of the rule. */
const bookkeeping = new Set(
  (
    'id created_at created_by updated_at updated_by immutable rule_source execution_summary outcome ' +
    'alias_target_id alias_purpose'
  ).split(' '),
);

/** Texts that may be empty; an empty value of any other key says that it is not set. */
const mayBeEmpty = new Set(['query', 'description']);

/**
 * The rules of a `.json` or `.ndjson` file. Other lines of an export (exception lists, connectors, its summary) are
 * passed over; a file without any rule is RULE003, a line that is no JSON RULE006.
 */
export function parseKibanaExport(
  file: string,
  text: string,
  profile: Profile,
  texts = new RuleTexts(),
): readonly Result<RuleFile>[] {
  const source = sourceOf(file, text.replace(/^\uFEFF/, ''));
  const results = partsOf(source).flatMap((part) => {
    const parsed = parseJson(source, part);
    if (!parsed.ok) return [parsed];
    return objectsOf(parsed.value)
      .filter(isRule)
      .map((rule) => readRule(source.name, plainRule(rule, source), profile, texts));
  });
  return results.length > 0 ? results : [failure(noRule(source))];
}

function noRule(source: Source): Diagnostic {
  return diagnostic('RULE003', 'the file holds no rule of Kibana', { source });
}

/** An export has a document on each line; any other file is one document. */
function partsOf({ name, text }: Source): readonly Span[] {
  if (!name.endsWith('.ndjson')) return [span(0, text.length)];
  return Array.from(text.matchAll(/[^\r\n]*\S[^\r\n]*/g), ({ 0: line, index }) =>
    span(index, index + line.length),
  );
}

interface Found {
  readonly value: JsonObject;
  readonly entry: Entry;
}

function objectsOf({ value, entry: at }: ParsedJson): readonly Found[] {
  const items = Array.isArray(value) ? [...(value as readonly JsonValue[]).entries()] : [];
  if (isObject(value)) return [{ value, entry: at }];
  return items.flatMap(([index, item]) => {
    const place = at.children.get(index);
    return isObject(item) && place !== undefined ? [{ value: item, entry: place }] : [];
  });
}

const isRule = ({ value }: Found): boolean =>
  typeof value['rule_id'] === 'string' || ('risk_score' in value && 'severity' in value);

/** As a file has it. */
function plainRule({ value, entry: at }: Found, source: Source): Parsed {
  const set = Object.entries(value).filter(([key, child]) => isSet(key, child));
  const rule = foldNewTerms(Object.fromEntries(set), at);
  const root = entry(at.value);
  root.children.set('rule', at);
  return { value: { rule }, positions: new Positions(source, () => root) };
}

function isSet(key: string, value: JsonValue | undefined): boolean {
  const empty = value === '' && !mayBeEmpty.has(key);
  return value !== null && !empty && !bookkeeping.has(key);
}

/** The API has two flat keys for what is the table `new_terms` in a file (engine B3). */
function foldNewTerms(rule: JsonObject, at: Entry): JsonObject {
  const { new_terms_fields: value, history_window_start: start, ...others } = rule;
  if (value === undefined && start === undefined) return rule;
  at.children.set('new_terms', foldedEntry(at));
  const window = start === undefined ? [] : [{ field: 'history_window_start', value: start }];
  return {
    ...others,
    new_terms: {
      field: 'new_terms_fields',
      ...(value === undefined ? {} : { value }),
      history_window_start: window,
    },
  };
}

function foldedEntry(at: Entry): Entry {
  const fields = at.children.get('new_terms_fields');
  const start = at.children.get('history_window_start');
  const made = entry(at.value, fields?.key ?? start?.key);
  if (fields !== undefined) made.children.set('value', fields);
  if (start !== undefined) {
    const window = entry(start.value, start.key);
    window.children.set('value', start);
    const list = entry(start.value, start.key);
    list.children.set(0, window);
    made.children.set('history_window_start', list);
  }
  return made;
}
