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
exception a scanner
  when:

    user.name: scan

exceptions shared.yaml
given exec  event.action=exec  n=1  # another
case the first
  10s  exec  user.name="eve e"  list=[a, 2]  at=@1h  x=["a,b"]
  +5s  history exec  n=null
  5s   !one  user.name=eve  excepted="a scanner"
  end  compat!
`;
  const at = (seconds: number, line: number) => ({ at: seconds * 1000, line });
  const parsed = parseTimeline('a.timeline', text);
  assert.deepEqual(parsed.ok && parsed.value, {
    file: 'a.timeline',
    source: parsed.ok && parsed.value.source,
    rules: {
      files: [
        { path: 'a.toml', line: 3 },
        { path: 'b.toml', line: 3 },
      ],
      sections: [{ name: 'one', line: 4, body: `  query = 'a: "b # c"'\n  threshold.value = 3` }],
    },
    exceptions: {
      files: [{ path: 'shared.yaml', line: 12 }],
      sections: [{ name: 'a scanner', line: 7, body: '  when:\n\n    user.name: scan' }],
    },
    overlays: { files: [], sections: [] },
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
        line: 14,
        steps: [
          {
            do: 'event',
            ...at(10, 15),
            history: false,
            document: {
              'event.action': 'exec',
              n: 1,
              'user.name': 'eve e',
              list: ['a', 2],
              x: ['a,b'],
              at: new Date(BEGINNING + 3_600_000).toISOString(),
            },
          },
          { do: 'event', ...at(15, 16), history: true, document: { 'event.action': 'exec', n: null } },
          {
            do: 'check',
            ...at(5, 17),
            modes: ['stream', 'compat'],
            alert: { rule: 'one', excepted: 'a scanner', fields: [{ field: 'user.name', value: 'eve' }] },
          },
          { do: 'check', at: Infinity, line: 18, modes: ['compat'], alert: undefined },
        ],
      },
    ],
  });
});

/** Without the picture of the line. */
const said = (text: string): string[] =>
  problems(text).map((picture) => picture.replace(/\n(?! {2}hint).*/g, '').replace('\n  hint', '; hint'));

test('every line that means nothing is reported at its place', () => {
  assert.deepEqual(problems('cases x\n  1s -\ncase y\n    soon -   \n'), [
    'a.timeline:1:1: error TEST004: `cases` begins nothing\n  1 | cases x\n    | ^^^^^^^\n  hint: did you mean "case"?',
    'a.timeline:2:3: error TEST004: an indented line belongs to nothing\n  2 |   1s -\n    |   ^^^^',
    'a.timeline:4:5: error TEST004: `soon` is no moment\n  4 |     soon -   \n    |     ^^^^^^\n  hint: write `30s`, `1m30s`, `+5s`, `-1d` or `end`',
  ]);
  assert.deepEqual(said('case x\n  1s exce\n  1s - a\n  1s\n  99999999d - a=b\n  1s - a="b\n  1s - a=[b\n'), [
    'a.timeline:2:3: error TEST004: nothing is given as `exce`; hint: name a kind that was given before, or `-`',
    'a.timeline:3:3: error TEST004: `a` is not of the form field=value',
    'a.timeline:4:3: error TEST004: nothing happens at this moment; hint: name a kind of event, or `!rule`',
    'a.timeline:5:3: error TEST004: `99999999d` is no moment; hint: write `30s`, `1m30s`, `+5s`, `-1d` or `end`',
    'a.timeline:6:3: error TEST004: `"b` opens what nothing closes',
    'a.timeline:7:3: error TEST004: `[b` opens what nothing closes',
  ]);
  assert.deepEqual(said('case x\n  end - a=b\n  end ! a=b\n  1s - a=b\n  1s restart now\n  1s !a b\n'), [
    'a.timeline:2:3: error TEST004: an event needs a time; hint: only checks stand at `end`',
    'a.timeline:3:3: error TEST004: a check with fields needs a rule; hint: `!rule` demands an alert, `!` alone demands that there is none',
    'a.timeline:4:3: error TEST004: nothing happens after the end',
    'a.timeline:5:3: error TEST004: `restart` has no fields',
    'a.timeline:6:3: error TEST004: `b` is not of the form field=value; hint: the name of a rule with blanks stands in quotes: `!"a …"`',
  ]);
});

test('what is nearly right is answered with what is right', () => {
  assert.deepEqual(
    said('rule a\nquery = "x: y"\ncase x\n  1s a!\n  1s - @timestamp=noon\n  1s !My rule\ncase y\n'),
    [
      'a.timeline:2:1: error TEST004: `query` begins nothing; hint: indent what belongs to the line above; a line begins with one of: rule, rules, exception, exceptions, overlay, overlays, given, indicator, options, case',
      'a.timeline:4:3: error TEST004: nothing is given as `a!`; hint: a check is written `!rule`, `stream!rule` or `compat!rule`',
      'a.timeline:5:3: error TEST004: its `@timestamp` is no date; hint: write `@timestamp=null` for an event without a time',
      'a.timeline:6:3: error TEST004: `rule` is not of the form field=value; hint: the name of a rule with blanks stands in quotes: `!"My …"`',
      'a.timeline:7:1: error TEST004: nothing happens in this case',
    ],
  );
});

test('sections that lack something, or stand twice', () => {
  assert.deepEqual(said('# nothing\n'), [
    'a.timeline:1:1: error TEST004: there is no case in it; hint: a case is a line `case TITLE`, and below it what happens',
  ]);
  const text =
    'rule\nrule a\nrule a\nrules\nexceptions\ngiven\ngiven x=1\ngiven -\ngiven a\ngiven a\ncase\n  1s !a\n';
  assert.deepEqual(said(text), [
    'a.timeline:1:1: error TEST004: the rule has no name; hint: write `rule NAME`',
    'a.timeline:3:1: error TEST004: rule "a" stands at line 2 already',
    'a.timeline:4:1: error TEST004: `rules` names no file',
    'a.timeline:5:1: error TEST004: `exceptions` names no file',
    'a.timeline:6:1: error TEST004: the kind of event has no name; hint: write `given KIND field=value …`',
    'a.timeline:7:1: error TEST004: the kind of event has no name; hint: write `given KIND field=value …`',
    'a.timeline:8:1: error TEST004: `-` means something else in a case; hint: choose another name',
    'a.timeline:10:1: error TEST004: `a` is given twice',
    'a.timeline:11:1: error TEST004: the case has no title; hint: say what it shows: `case TITLE`',
  ]);
});

test('an option that is none, or that cannot be so', () => {
  const text =
    'options latenes=30s\noptions lateness=30\noptions mode=batch outage=1h..10m overflow=fold\ncase x\n  1s !\n';
  assert.deepEqual(said(text), [
    'a.timeline:1:1: error TEST004: `latenes=30s` is no option; hint: did you mean "lateness"?',
    'a.timeline:2:1: error TEST004: `lateness=30` is nothing that `lateness` can be; hint: write a length of time, such as lateness=30s',
    'a.timeline:3:1: error TEST004: `mode=batch` is nothing that `mode` can be; hint: write mode=stream, mode=compat or mode=both',
    'a.timeline:3:1: error TEST004: `outage=1h..10m` is nothing that `outage` can be; hint: write two moments, the earlier one first, such as outage=10m..1h',
    'a.timeline:3:1: error TEST004: `overflow=fold` is nothing that `overflow` can be; hint: write overflow=summary or overflow=drop',
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
