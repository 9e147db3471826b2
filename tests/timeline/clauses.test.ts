/** Holds the table in clauses.md to the timelines: every case is there, and every clause is shown in both modes. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { parseTimeline } from '../../src/verify/timeline/parse.ts';

const folder = new URL('./', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** The modes in which each `file: title` runs. */
const modes = new Map<string, readonly string[]>(
  readdirSync(folder)
    .filter((name) => name.endsWith('.timeline'))
    .flatMap((name) => {
      const parsed = parseTimeline(name, read(name));
      assert.ok(parsed.ok, name);
      const { cases, options } = parsed.value;
      return cases.map((one) => [`${name.replace('.timeline', '')}: ${one.name}`, options.modes] as const);
    }),
);

const rows = read('clauses.md')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| *(?:clause|-)/.test(line))
  .map((line) => {
    const [clause = '', cases = '', only = ''] = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.replaceAll('\\|', '|').trim());
    return { clause, cases: cases.split('<br>').map((one) => one.replaceAll('`', '')), only };
  });

test('every case that the table names is there', () => {
  assert.ok(rows.length > 60);
  const gone = rows.flatMap(({ cases }) => cases.filter((one) => !modes.has(one)));
  assert.deepEqual(gone, []);
});

test('every clause is shown in both modes, or it is said why not', () => {
  const thin = rows
    .filter(
      ({ cases, only }) => new Set(cases.flatMap((one) => modes.get(one) ?? [])).size < 2 !== (only !== ''),
    )
    .map(({ clause }) => clause);
  assert.deepEqual(thin, []);
});
