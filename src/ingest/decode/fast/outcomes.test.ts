import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEvent, AUTO, eachAlone } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import type { JsonObject } from '../../../data/document.ts';
import type { PatternPart } from '../../../data/pattern.ts';
import { MANY, ONE } from '../../../data/pattern.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { Arrival } from '../../../model/event.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import type { Test } from '../../../plan/test.ts';
import { Repeats } from '../../normalise/repeats.ts';
import { FileContent } from '../../read-file.ts';
import { MOST_RECORDS } from './offsets.ts';

const is = (path: string, test: Test): Predicate => ({ kind: 'some', field: { name: path, path }, test });
const texts: Test = { kind: 'text', oneOf: ['a', '5', 'true', ''], fold: 'exact' };
const number: Test = { kind: 'number', oneOf: ['5'], strings: 'skip' };
const exists = (path: string): Predicate => ({ kind: 'exists', field: { name: path, path } });
const not = (arg: Predicate): Predicate => ({ kind: 'not', arg });

const written = (record: JsonObject, id: number): string =>
  JSON.stringify(record)
    .replace('NUMBER', `${id}`)
    .replaceAll('"EXPONENT"', '1e5')
    .replaceAll('~', String.raw`\u0061`);

/** Reads them six times over, with this before each; gives for how many records conditions were asked, and how many were judged. */
function assertSame(
  conditions: readonly Predicate[],
  paths: readonly string[],
  records: readonly JsonObject[],
  before = '',
): { readonly asked: number; readonly judged: number } {
  const [matcher, other] = [new Matcher(conditions), new Matcher(conditions)];
  const interest = interestOf(matcher, conditions.length, paths);
  const content = new FileContent<Arrival>('log', { ...AUTO, interest }, new Repeats());
  let asked = 0;
  const { decide } = interest;
  interest.decide = (...question) => {
    asked++;
    return decide(...question);
  };
  let id = 0;
  let judged = 0;
  for (let times = 0; times < 6; times++) {
    const lines = records.map((record) => before + written(record, id++));
    content.push(Buffer.from(lines.map((line) => `${line}\n`).join('')));
    for (const { document, judged: found } of eachAlone(content.collector.take('log', 0, 0)).events) {
      if (found === undefined) continue;
      judged++;
      assert.deepEqual(found.holds, other.match(document, 0).rules, JSON.stringify(document));
    }
  }
  // What is known counts as tried. The last record that finds no room is asked twice.
  if (before === '') assert.deepEqual(matcher.tried, other.tried);
  return { asked, judged };
}

const withProcess = (process: JsonObject): JsonObject => ({
  '@timestamp': '2026-03-02T09:05:43Z',
  event: { kind: 'event', id: 'NUMBER' },
  process,
});

test('values in other places, forms and numbers are other values', () => {
  const conditions = ['process.args', 'process.name'].flatMap((path) => [
    not(is(path, texts)),
    not(is(path, number)),
    not(is(path, { kind: 'pattern', oneOf: [['b']], fold: 'exact' })),
  ]);
  const presences = [not(exists('process.parent')), not(exists('process.name'))];
  const processes: readonly JsonObject[] = [
    { args: ['a'] },
    { name: 'a' },
    { args: ['a', 'b'] },
    { args: ['b'] },
    { args: ['x'], name: 'b' },
    { args: ['x', 'b'] },
    { name: '5' },
    { name: 5 },
    { name: true },
    { name: 'true' },
    { name: '' },
    { name: null },
    { name: '~' },
    { name: 'A' },
    { name: ['a'] },
    { name: [] },
    { parent: {} },
    { parent: { pid: 1 } },
    { parent: [{ pid: null }] },
    {},
  ];
  const records = processes.map(withProcess);
  // Every record is a candidate for all of them, so that nothing but values tells outcomes apart.
  for (const some of [conditions, presences, [...conditions, ...presences]]) {
    const { asked, judged } = assertSame(some, ['process.args', 'process.name', 'process.parent'], records);
    assert.ok(judged > 2 * records.length && asked < judged / 2, `${asked} of ${judged}`);
  }
});

test('whether a copy is there depends on its value', () => {
  const records = [['10.0.0.1'], ['nonsense'], ['10.0.0.1', 'nonsense'], [], ['10.0.0.2']].map((sourceIPs) =>
    auditEvent({ auditID: 'NUMBER', sourceIPs }),
  );
  const ip: Test = { kind: 'ip', blocks: ['10.0.0.1'] };
  const read = ['source.ip', 'kubernetes.audit.verb'];
  assertSame([not(exists('source.ip'))], read, records);
  assertSame([not(exists('source.ip')), not(is('source.ip', ip))], read, records);
});

test('values of any length are told apart by their last characters', () => {
  const pattern: Test = { kind: 'pattern', oneOf: [[MANY, 'xa']], fold: 'exact' };
  for (const shortest of [0, 20, 40, 130, 150, 170]) {
    const lengths = Array.from({ length: 32 }, (_, i) => shortest + i);
    const names = lengths.flatMap((length) => ['a', 'b'].map((end) => 'x'.repeat(length) + end));
    const records = names.map((name) => withProcess({ name, args: [name.slice(0, 20), name.slice(-1)] }));
    for (const paths of [['process.name'], ['process.name', 'process.args']]) {
      const conditions = paths.map((path) => not(is(path, pattern)));
      const { asked, judged } = assertSame(conditions, paths, records);
      assert.ok(judged > 5 * records.length, `${judged}`);
      if (shortest < 150) assert.ok(asked < judged / 2, `${asked} of ${judged}`);
    }
  }
});

test('values and presences of many places are remembered as long as there is room, and written nowhere else', () => {
  const fields = Array.from({ length: 20 }, (_, i) => `user.field${i}`);
  const records = Array.from({ length: 100 }, (_, i) => ({
    ...withProcess({ name: `${'x'.repeat(80 + i)}a` }),
    user: { field3: 'a' },
  }));
  const pattern: Test = { kind: 'pattern', oneOf: [[MANY, 'xa']], fold: 'exact' };
  for (const others of [fields.map(exists), fields.map((field) => is(field, texts))])
    for (const count of [0, 1, 4, 12, 20]) {
      const conditions = [not(is('process.name', pattern)), ...others.slice(0, count).map(not)];
      const { asked, judged } = assertSame(conditions, ['process.name', ...fields], records);
      // What is remembered of some keys takes the places of others.
      assert.ok(judged > 5 * records.length && asked < judged, `${asked} of ${judged}`);
    }
});

/** Any ten of them hold for some record. */
const TEN = Array.from({ length: 10 }, (_, i) => `v${i}`);
const someOfTen = Array.from({ length: 1024 }, (_, set) =>
  withProcess({ args: TEN.filter((__, i) => (set >> i) % 2 === 1) }),
);

test('there may be more lists of candidates, and more outcomes, than are remembered', () => {
  const one = TEN.map((text) => is('process.args', { kind: 'text', oneOf: [text], fold: 'exact' }));
  assert.ok(assertSame(one, ['process.args'], someOfTen).judged > 5000);
  // What comes when there is no room any more is remembered instead of what came before.
  const later = Array.from({ length: 2500 }, () => withProcess({ args: TEN }));
  const { asked, judged } = assertSame(one, ['process.args'], [...someOfTen.slice(1, 600), ...later]);
  assert.ok(asked < judged / 2, `${asked} of ${judged}`);
  const all = assertSame(one.map(not), ['process.args'], someOfTen);
  assert.ok(all.judged > 5000 && all.asked > 1000, `${all.asked} of ${all.judged}`);
});

test('lists of candidates that find no room are judged all the same', () => {
  const eleven = Array.from({ length: 11 }, (_, i) => `v${i}`);
  const withSet = (set: number): JsonObject =>
    withProcess({ args: eleven.filter((_, i) => (set >> i) % 2 === 1) });
  const sets = (from: number, to: number): JsonObject[] =>
    Array.from({ length: to - from }, (_, i) => withSet(from + i));
  // What is looked at first leaves room; of what is looked at next, each has a list of its own.
  const first = [...sets(1, 501), ...Array.from({ length: MOST_RECORDS - 1 - 500 }, () => withSet(1))];
  const conditions = eleven.map((text) => is('process.args', { kind: 'text', oneOf: [text], fold: 'exact' }));
  const { judged } = assertSame(conditions, ['process.args'], [...first, ...sets(501, 501 + MOST_RECORDS)]);
  assert.ok(judged > 10_000, `${judged}`);
});

test('lists of candidates are told apart by what they are, not by where they lie', () => {
  const fields = Array.from({ length: 8 }, (_, i) => `user.field${i}`);
  const sets = Array.from({ length: 255 }, (_, set) => fields.filter((__, i) => ((set + 1) >> i) % 2 === 1));
  const records = sets.flatMap((set) =>
    ['x', 'y'].flatMap((full_name) => {
      const user = {
        ...Object.fromEntries(set.map((field) => [field.slice('user.'.length), 'v'])),
        full_name,
      };
      const audit = auditEvent({ auditID: 'NUMBER' });
      return [
        { ...withProcess({}), user },
        { '@timestamp': '2026-03-02T11:00:00.123Z', user, kubernetes: { audit } },
      ];
    }),
  );
  const text = (path: string, one: string): Predicate =>
    is(path, { kind: 'text', oneOf: [one], fold: 'exact' });
  for (const others of [0, 1, 2, 3]) {
    const conditions = [
      ...Array.from({ length: others }, () => text('process.name', 'nobody')),
      ...fields.map((field): Predicate => ({
        kind: 'and',
        args: [text(field, 'v'), not(text('user.full_name', 'x'))],
      })),
    ];
    const paths = ['kubernetes.audit.verb', 'process.name', 'user.full_name', ...fields];
    const { asked, judged } = assertSame(conditions, paths, records);
    assert.ok(judged > 5 * records.length && asked < 0.6 * judged, `${asked} of ${judged}`);
  }
});

test('there may be more lists of conditions that hold than fit into one piece of the input', () => {
  const one = TEN.map((text) => is('process.args', { kind: 'text', oneOf: [text], fold: 'exact' }));
  const always = Array.from({ length: 200 }, () => not(exists('process.name')));
  const { judged } = assertSame(
    [...one, ...always],
    ['process.args', 'process.name'],
    someOfTen,
    '2026-03-02T09:05:43Z stdout F ',
  );
  assert.ok(judged > 5000, `${judged}`);
});

test('texts that no test asks for are like one another', () => {
  const pattern = (...patterns: readonly (readonly PatternPart[])[]): Test => ({
    kind: 'pattern',
    oneOf: patterns,
    fold: 'lower',
  });
  const some: readonly Test[] = [
    { kind: 'text', oneOf: ['evil', 'x5'], fold: 'exact' },
    { kind: 'text', oneOf: ['\u212aim', 'Evil'], fold: 'lower' },
    { kind: 'text', oneOf: ['évil', 'Evil'], fold: 'lower' },
    pattern(['evil', MANY]),
    pattern([MANY, 'needle', MANY], [MANY, 'ab', MANY]),
    pattern([MANY, '.exe'], ['q', MANY]),
    pattern(['mid', ONE, 'dle']),
    { kind: 'anyOf', tests: [pattern([MANY, 'tail']), { kind: 'text', oneOf: ['x'], fold: 'exact' }] },
    { kind: 'regexp', oneOf: ['.*secret[0-9]'], fold: 'exact' },
  ];
  const texts = [
    'evil',
    'EVIL',
    'evils',
    'anevil',
    'x5',
    'X5',
    'kim',
    '\u212aim',
    'a needle there',
    'NEEDLE',
    'cab',
    'ba',
  ];
  const more = [
    'a.exe',
    '.exe',
    'exe',
    'q',
    'Qa',
    'aq',
    'middle',
    'midXdle',
    'tail',
    'tails',
    'x',
    'xx',
    'secret7',
    'secrets',
  ];
  const odd = [
    '',
    '~',
    'needle~',
    'c~b',
    'oth~er',
    'needle~'.padStart(190, '~'),
    '\u212aim~',
    'é',
    'needleé',
    'évil',
    'ÉVIL',
    '\u212aim',
    'éneedle\t',
    5,
    true,
    null,
    'needle'.padStart(170, '-'),
    'needle'.padStart(190, '-'),
  ];
  const wanted = [...texts, ...more, ...odd];
  const records = Array.from({ length: 4 }, (_, i) =>
    wanted.flatMap((value, at) => [
      { args: [`other${i}-${at}`, value] },
      { args: [value, `other${i}-${at}`, `another-${at}`], name: `c${i}-${at}` },
      { args: [`${i}${at}`], name: value },
      { args: [value] },
    ]),
  ).flat();
  for (const one of some) {
    const conditions = ['process.args', 'process.name'].map((path) => not(is(path, one)));
    const { asked, judged } = assertSame(
      conditions,
      ['process.args', 'process.name'],
      records.map(withProcess),
    );
    assert.ok(judged > 1700 && asked < 600, `${asked} of ${judged}`);
  }
  const everything = some.flatMap((one) => [not(is('process.args', one)), not(is('process.name', one))]);
  const wild = is('process.args', pattern([ONE, MANY]));
  const named = is('process.name', pattern([ONE, MANY]));
  for (const besides of [
    [],
    [not(wild), not(named)],
    [not(is('process.args', number))],
    [not(exists('process.name'))],
  ])
    assertSame([...everything, ...besides], ['process.args', 'process.name'], records.map(withProcess));
});

test('of what another value may begin with it is remembered how it begins', () => {
  const begins = (source: string, start: string, isFolded: boolean): Predicate => ({
    kind: 'compute',
    expression: {
      kind: 'call',
      name: 'startsWith',
      args: [source, start].map((path) => ({ kind: 'field', field: { name: path, path } })),
      ...(isFolded ? { insensitive: true } : {}),
    },
  });
  const sources = [
    'bash',
    '/bin/bash',
    'ba~',
    '',
    'é',
    'K',
    'k',
    'ba\u212a',
    12,
    'EXPONENT',
    true,
    ['a', 'bash'],
    [],
    1e21,
    null,
  ];
  const starts = [
    'bash',
    'bas',
    'bash -c',
    'BA',
    'b~',
    'b~x',
    '1000',
    'ba~sh',
    '',
    'é',
    'ék',
    'k',
    '\u2122',
    '\u212a',
    '/bin/bash',
    12,
    1,
    '1',
    '1e+',
    'true',
    'x',
    ['c', 'ba'],
  ];
  const records = sources.flatMap((name) =>
    [...starts, 'bash ', 'bashbash', '/bin/bash/', '12345678', 'basic'].flatMap((start) =>
      Array.from({ length: 6 }, (_, i) => ({
        name,
        title: typeof start === 'string' && start.length > 3 ? `${start}${i}` : start,
      })),
    ),
  );
  const folds = [false, true].flatMap((isFolded) => [
    [not(begins('process.name', 'process.title', isFolded))],
    [not(begins('process.name', 'process.title', isFolded)), not(exists('process.title'))],
    [not(begins('process.name', 'process.title', isFolded)), not(is('process.title', texts))],
    [
      not(begins('process.name', 'process.title', isFolded)),
      not(begins('process.title', 'process.name', isFolded)),
    ],
  ]);
  for (const [i, conditions] of folds.entries()) {
    const { asked, judged } = assertSame(
      conditions,
      ['process.name', 'process.title'],
      records.map(withProcess),
    );
    assert.ok(judged > 5000, `${judged}`);
    if (i % 4 < 2) assert.ok(asked < 2000, `${asked} of ${judged}`);
  }
});

test('of values that patterns of marks alone ask for it is remembered which are empty', () => {
  const named = (...marks: readonly PatternPart[]): Predicate =>
    is('process.name', { kind: 'pattern', oneOf: [marks], fold: 'exact' });
  const some = ['', 'a', 'ab', 'é', '~', 5, true, null, ['', 'a'], ['', ''], [], ['a', '']];
  const records = Array.from({ length: 10 }, (_, i) =>
    [...some, `x${i}`, [`y${i}`, '']].map((name) => withProcess({ name, args: ['b'] })),
  ).flat();
  const args = not(is('process.args', texts));
  for (const wild of [named(MANY), named(ONE, MANY), named(MANY, ONE, MANY)])
    for (const condition of [not(wild), { kind: 'and', args: [not(wild), args] } as const]) {
      const { asked, judged } = assertSame([condition], ['process.name', 'process.args'], records);
      assert.ok(judged > 600 && asked < 100, `${asked} of ${judged}`);
    }
  for (const other of [named(ONE), named(ONE, MANY, ONE), named(MANY, 'a'), is('process.name', texts)])
    assertSame([not(named(ONE, MANY)), not(other)], ['process.name'], records);
  assertSame([not(named(ONE)), not(named(ONE, ONE, MANY)), not(named())], ['process.name'], records);
});
