import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../base/diagnostic.ts';
import { parseKibanaExport } from './kibana-export.ts';

const rule = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: '5f0c',
  rule_id: 'a-1',
  name: 'A rule',
  description: 'Finds a thing.',
  author: [],
  license: '',
  risk_score: 21,
  severity: 'low',
  type: 'query',
  language: 'kuery',
  query: 'process.name: nc',
  data_view_id: null,
  updated_at: '2025-01-31T00:00:00Z',
  ...changes,
});

const lines = (...values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join('\n');

function read(file: string, text: string) {
  return parseKibanaExport(file, text, 'lenient').map((result) => ({
    document: result.ok ? result.value.document.rule : undefined,
    said: result.diagnostics.map((d) => picture(d)),
  }));
}

const plain = {
  rule_id: 'a-1',
  name: 'A rule',
  description: 'Finds a thing.',
  author: [],
  risk_score: 21,
  severity: 'low',
  type: 'query',
  language: 'kuery',
  query: 'process.name: nc',
};

test('an export: rules, and lines that are none', () => {
  const text = lines(rule(), { list_id: 'x', item_id: 'y' }, { exported_count: 1 });
  assert.deepEqual(read('rules.ndjson', text), [{ document: plain, said: [] }]);
});

test('one rule, or a list of them', () => {
  assert.deepEqual(read('rule.json', JSON.stringify(rule(), null, 2)), [{ document: plain, said: [] }]);
  assert.deepEqual(read('rules.json', JSON.stringify([rule(), rule()])).length, 2);
});

test('new terms, which the API writes flat', () => {
  const terms = { type: 'new_terms', new_terms_fields: ['user.name'], history_window_start: 'now-7d' };
  assert.deepEqual(read('a.ndjson', lines(rule(terms))), [
    {
      document: {
        ...plain,
        type: 'new_terms',
        new_terms: {
          field: 'new_terms_fields',
          value: ['user.name'],
          history_window_start: [{ field: 'history_window_start', value: 'now-7d' }],
        },
      },
      said: [],
    },
  ]);
});

test('mistakes are shown in the line, and the other lines are used', () => {
  const text = `{"rule_id": \n${lines(rule({ severity: 'hgih', author: ['"\u00e9'] }))}\n`;
  const [broken, repaired] = read('a.ndjson', text);
  assert.deepEqual(broken?.said, [
    'a.ndjson:1:13: error RULE006: not valid JSON: unexpected end of JSON input\n  1 | {"rule_id": \n    |             ^',
  ]);
  assert.match(
    repaired?.said.join('\n') ?? '',
    /^a\.ndjson:2:\d+: warning RULE012: "severity" must be one of /,
  );
  const column = Number(/:2:(\d+)/.exec(repaired?.said[0] ?? '')?.[1]);
  assert.ok(
    text
      .split('\n')[1]
      ?.slice(column - 1)
      .startsWith('"hgih"'),
  );
  assert.equal(repaired?.document?.severity, 'low');
});

test('a query keeps its place through the escapes of JSON', () => {
  const text = lines(rule({ query: 'a: "\\\\x" and\n@b' }));
  const [result] = parseKibanaExport('a.json', text, 'lenient');
  assert.ok(result?.ok);
  const { query = '' } = result.value.document.rule as { query?: string };
  const inner = result.value.positions.text(['rule', 'query'], query);
  assert.deepEqual(inner?.place(query.indexOf('@')), { line: 1, column: text.indexOf('@') + 1 });
});

test('a file without rules', () => {
  assert.deepEqual(read('a.json', '{"a": 1}'), [
    { document: undefined, said: ['a.json: error RULE003: the file holds no rule of Kibana'] },
  ]);
});
