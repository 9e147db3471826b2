import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isText, ports, rule } from '../../../tests/support/engine.ts';
import { picture } from '../../base/diagnostic.ts';
import { Engine } from '../../engine/engine.ts';
import { interpretingMatcher } from '../../engine/matcher.ts';
import { BEGINNING } from './model.ts';
import { parseTimeline } from './parse.ts';
import { runTimeline } from './run.ts';

const problems = (text: string): string[] => {
  const parsed = parseTimeline('a.timeline', text);
  return parsed.ok ? [] : parsed.diagnostics.map((d) => picture(d));
};

test('sections, kinds, moments and values', () => {
  const text = `# a comment
options lateness=1m30s mode=stream outage=1m..2m
rules a.toml b.toml
rule one
  query = 'a: "b # c"'
  threshold.value = 3
given exec  event.action=exec  n=1  # another
case the first
  10s  exec  user.name="eve e"  list=[a, 2]  at=@1h
  +5s  history exec  n=null
  5s   !one  user.name=eve
  end  compat!
`;
  const at = (seconds: number, line: number) => ({ at: seconds * 1000, line });
  const parsed = parseTimeline('a.timeline', text);
  assert.deepEqual(parsed.ok && parsed.value, {
    file: 'a.timeline',
    ruleFiles: ['a.toml', 'b.toml'],
    rules: [{ id: 'one', line: 4, toml: `query = 'a: "b # c"'\nthreshold.value = 3` }],
    indicators: [],
    options: {
      modes: ['stream'],
      lateness: 90_000,
      coldStart: 'alert',
      overflow: 'summary',
      outages: [{ from: 60_000, to: 120_000 }],
    },
    cases: [
      {
        name: 'the first',
        line: 8,
        steps: [
          {
            do: 'event',
            ...at(10, 9),
            history: false,
            document: {
              'event.action': 'exec',
              n: 1,
              'user.name': 'eve e',
              list: ['a', 2],
              at: new Date(BEGINNING + 3_600_000).toISOString(),
            },
          },
          { do: 'event', ...at(15, 10), history: true, document: { 'event.action': 'exec', n: null } },
          {
            do: 'check',
            ...at(5, 11),
            modes: ['stream', 'compat'],
            alert: { rule: 'one', fields: [{ field: 'user.name', value: 'eve' }] },
          },
          { do: 'check', at: Infinity, line: 12, modes: ['compat'], alert: undefined },
        ],
      },
    ],
  });
});

test('every line that means nothing is reported at its place', () => {
  assert.deepEqual(problems('cases x\n  1s -\ncase y\n  soon -\n  1s exce\n  1s - a\noptions lateness=x\n'), [
    'a.timeline:1:1: error TEST004: `cases` begins nothing\n  1 | cases x\n    | ^^^^^^^\n  hint: did you mean "case"?',
    'a.timeline:2:1: error TEST004: an indented line belongs to nothing\n  2 |   1s -\n    | ^^^^^^',
    'a.timeline:4:1: error TEST004: `soon` is no moment\n  4 |   soon -\n    | ^^^^^^^^\n  hint: write `30s`, `1m30s`, `+5s`, `-1d` or `end`',
    'a.timeline:5:1: error TEST004: nothing is given as `exce`\n  5 |   1s exce\n    | ^^^^^^^^^\n  hint: name a kind that was given before, or `-`',
    'a.timeline:6:1: error TEST004: `a` is not of the form field=value\n  6 |   1s - a\n    | ^^^^^^^^',
    'a.timeline:7:1: error TEST004: `lateness=x` is no option\n  7 | options lateness=x\n    | ^^^^^^^^^^^^^^^^^^\n  hint: options are mode, lateness, cold-start, overflow, outage',
  ]);
});

test('what is missing and what is too much is said', () => {
  const parsed = parseTimeline(
    'a.timeline',
    'case x\n  1s - a=b\n  1s !finds a=c\ncase y\n  1s - a=b\n  2s !\n  3s !finds\n',
  );
  assert.ok(parsed.ok);
  const results = runTimeline(
    parsed.value,
    [rule(isText('a', 'b'), { rule_id: 'finds' })],
    (rules, options) =>
      new Engine(rules, { ...options, matcher: interpretingMatcher, ignoreIndex: false }, ports),
  );
  assert.deepEqual(
    results.map(({ case: name, mode, message }) => [name, mode, message]),
    [
      ['x', 'stream', 'line 3: no alert finds a=c\nnot expected: finds events=1s at=1s a=b'],
      ['x', 'compat', 'line 3: no alert finds a=c\nnot expected: finds events=1s at=5m a=b'],
      ['y', 'stream', 'not expected: finds events=1s at=1s a=b'],
      ['y', 'compat', undefined],
    ],
  );
});
