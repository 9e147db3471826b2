import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  auditEvent,
  AUTO,
  eachAlone,
  lines as linesOf,
  readBytes,
} from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import type { JsonObject } from '../../../data/document.ts';
import { valuesAt } from '../../../data/document.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { Arrival } from '../../../model/event.ts';
import type { Interest } from '../../../model/interest.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import type { Test } from '../../../plan/test.ts';
import { seededRandom } from '../../../sample/random.ts';
import { NESTING_DEPTH } from '../../limits.ts';
import { Repeats } from '../../normalise/repeats.ts';
import { FileContent } from '../../read-file.ts';
import { MOST_TAPED } from './offsets.ts';
import { judged, leaf, processLine as line } from '../../../../tests/support/judged.ts';

const PATH = 'process.command_line';

const containing = (text: string): Predicate =>
  leaf(PATH, { kind: 'pattern', oneOf: [[{ any: 'many' }, text, { any: 'many' }]], fold: 'exact' });

/** Reads lines of one log, some at a time. */
function scannedBy(interest: Interest): (lines: readonly string[]) => (readonly number[] | undefined)[] {
  const content = new FileContent<Arrival>('log', { ...AUTO, interest }, new Repeats());
  return (lines) => {
    content.push(Buffer.from(lines.join('')));
    return eachAlone(content.collector.take('log', 0, 0)).events.map(({ judged }) => judged?.holds);
  };
}

test('pieces of thousands of patterns are found all the same', () => {
  const random = seededRandom(3);
  const texts = Array.from({ length: 3000 }, () => random.hex(30));
  const lines = [
    line(`"command_line":"x${texts[2999]}y"`),
    line('"command_line":"nothing"'),
    line('"pid":5'),
  ];
  assert.deepEqual(judged(texts.map(containing), lines.join('')), [[2999], [], []]);
});

test('addresses, numbers and texts with escapes are looked up as documents have them', () => {
  const predicates: Predicate[] = [
    leaf('source.ip', { kind: 'ip', blocks: ['10.0.0.0/8', '2001:db8::/32'] }),
    leaf('process.pid', { kind: 'numberOrder', order: 'gt', than: '100', strings: 'coerce' }),
    leaf('process.pid', { kind: 'number', oneOf: ['7'], strings: 'coerce' }),
    containing('a"b'),
  ];
  const record = (ip: string, process: string): string =>
    line(process).replace('"process"', `"source":{"ip":"${ip}"},"process"`);
  const lines = [
    record('10.255.0.1', '"pid":101'),
    record('11.0.0.1', '"pid":100'),
    record('010.0.0.1', '"pid":"7"'),
    record('2001:db8::7', '"pid":7.0'),
    record('::ffff:10.0.0.1', '"pid":-7'),
    record('1.2.3', '"command_line":"xa\\u0022b\\n"'),
  ];
  assert.deepEqual(judged(predicates, lines.join('')), [[0, 1], [], [2], [0, 2], [0], [3]]);
});

test('numbers in unusual forms and the same texts are looked up apart', () => {
  const predicates: Predicate[] = [
    leaf('process.pid', { kind: 'number', oneOf: ['1000'], strings: 'skip' }),
    leaf('process.pid', { kind: 'text', oneOf: ['1e3'], fold: 'exact' }),
    leaf('process.pid', { kind: 'text', oneOf: ['1000'], fold: 'exact' }),
  ];
  const matcher = new Matcher(predicates);
  for (const forms of [
    ['1e3', '"1e3"', '1e3', '"\\u0031e3"', '1000', '"1000"'],
    ['"1e3"', '1e3', '"1000"', '1000.0', '"1000.0"'],
  ]) {
    const lines = forms.map((form) => line(`"pid":${form}`));
    const expected = readBytes(lines.join('')).events.map(({ document }) => matcher.match(document, 0).rules);
    assert.deepEqual(judged(predicates, lines.join('')), expected);
  }
});

test('what an event says where nothing else does is looked up like what it says', () => {
  const path = 'data_stream.namespace';
  const predicates = ['default', 'prod'].map((one) =>
    leaf(path, { kind: 'text', oneOf: [one], fold: 'exact' }),
  );
  const interest = interestOf(new Matcher(predicates), 2, [path]);
  const carried = [{}, { data_stream: { namespace: 'prod' } }].map((around, i) => ({
    '@timestamp': '2026-03-02T11:00:00.123Z',
    kubernetes: { audit: auditEvent({ auditID: `${i}` }) },
    ...around,
  }));
  const { events } = readBytes(linesOf(...carried), { interest });
  assert.deepEqual(
    events.map((event) => event.judged?.holds),
    [[0], [1]],
  );
});

test('keys that records make up are learnt up to a limit, and records understood beyond it', () => {
  const keys = Array.from({ length: 20_000 }, (_, i) =>
    line(`"pid":${i},"labels":{"key-${i}":"v","name":"w"}`),
  );
  const holds = judged(
    [leaf('process.pid', { kind: 'number', oneOf: ['19999'], strings: 'coerce' })],
    keys.join(''),
  );
  assert.equal(holds.filter((rules) => rules?.length === 0).length, 19_999);
  assert.deepEqual(holds.at(-1), [0]);
});

test('records with fields that no event had before are decoded, and looking pays as soon as they are known', () => {
  const predicate = leaf('process.pid', { kind: 'number', oneOf: ['1'], strings: 'coerce' });
  let known = false;
  const interest = {
    ...interestOf(new Matcher([predicate]), 1, ['process.pid']),
    isKnown: () => known,
  };
  const read = scannedBy(interest);
  const judged = (from: number): boolean[] =>
    read(Array.from({ length: 2000 }, (_, i) => line(`"pid":${from + i}`))).map(
      (holds) => holds !== undefined,
    );
  assert.deepEqual(new Set(judged(0)), new Set([false]));
  known = true;
  assert.deepEqual(new Set(judged(2000)), new Set([true]));
});

test('what is looked up is chosen anew by what many records show, and the same conditions hold', () => {
  const either = leaf('process.name', {
    kind: 'text',
    oneOf: ['sh', 'Nc', 'é', 'zsh', 'ksh'],
    fold: 'exact',
  });
  const predicate: Predicate = { kind: 'and', args: [containing('curl'), either] };
  const interest = interestOf(new Matcher([predicate]), 1, [PATH, 'process.name']);
  const lookedUp = (): string[] =>
    interest.paths.filter((_, path) => interest.lookup(path)?.texts.size || interest.lookup(path)?.parts);
  const read = scannedBy(interest);
  let pid = 0;
  const judged = (count: number, fields: string): Set<string> =>
    new Set(read(Array.from({ length: count }, () => line(`"pid":${pid++},${fields}`))).map(String));
  const common = '"command_line":"xcurly"';
  assert.deepEqual(lookedUp(), [PATH, 'process.name']);
  for (let times = 0; times < 20; times++) assert.deepEqual(judged(1000, common), new Set(['']));
  assert.deepEqual(lookedUp(), ['process.name']);
  assert.deepEqual(judged(10, `${common},"name":"Nc"`), new Set(['0']));
  assert.deepEqual(judged(10, `${common},"name":"nc"`), new Set(['']));
  assert.deepEqual(judged(10, `${common},"name":"é"`), new Set(['0']));
  assert.deepEqual(judged(10, '"command_line":"x","name":["x","sh"]'), new Set(['']));
});

test('keys with dots lead where the same keys in one another lead', () => {
  const predicates: Predicate[] = [
    leaf('process.parent.user.name', { kind: 'text', oneOf: ['x'], fold: 'exact' }),
    leaf('process.group_leader', { kind: 'text', oneOf: ['x'], fold: 'exact' }),
    leaf('process.group_leader.name', { kind: 'text', oneOf: ['x'], fold: 'exact' }),
  ];
  const lines = [
    line('"parent.user.name":"x"'),
    line('"parent.user":{"name":["y","x"]}'),
    line('"parent":{"user.name":"x","user":{"name":"y"}}'),
    line('"parent.user.name":"y","parent":{"user":{"name":"x"}}'),
    line('"parent.user.other":"x","parent.other.name":"x"'),
    // What has a meaning of its own on the way needs the document.
    line('"group_leader.name":"x"'),
  ];
  assert.deepEqual(judged(predicates, lines.join('')), [[0], [0], [0], [0], [], undefined]);
});

test('what holds is remembered by the values that conditions read, unless it depends on the clock', () => {
  const name = leaf('process.name', { kind: 'text', oneOf: ['sh'], fold: 'exact' });
  const old: Test = { kind: 'dateOrder', order: 'lt', than: 'now-1d' };
  const conditions: Predicate[] = [
    { kind: 'not', arg: name },
    { kind: 'not', arg: leaf('file.created', { kind: 'anyOf', tests: [old] }) },
  ];
  const ask = (predicates: readonly Predicate[]) => {
    const paths = ['process.name', 'file.created'];
    const interest = interestOf(new Matcher(predicates), predicates.length, paths, undefined, (time) => time);
    let asked = 0;
    const { decide } = interest;
    interest.decide = (...question) => {
      asked++;
      return decide(...question);
    };
    const lines = [1, 2, 3, 4].map((day) =>
      line('"name":"bash"},"file":{"created":"2026-03-01T10:00:00Z"').replace(
        '2026-03-02',
        `2026-03-0${day}`,
      ),
    );
    return { holds: scannedBy(interest)(lines), asked };
  };
  assert.deepEqual(ask(conditions.slice(0, 1)), { holds: [[0], [0], [0], [0]], asked: 2 });
  assert.deepEqual(ask(conditions), { holds: [[0, 1], [0, 1], [0], [0]], asked: 4 });
});

test('keys are told apart wherever they differ', () => {
  for (const length of [1, 5, 12, 13, 14, 15, 16, 17, 29, 30, 31, 33, 46, 47, 62]) {
    const key = 'k'.repeat(length);
    const predicate = leaf(`process.${key}`, { kind: 'text', oneOf: ['x'], fold: 'exact' });
    const lines = Array.from({ length }, (_, place) => {
      const other = `${key.slice(0, place)}o${key.slice(place + 1)}`;
      return [other, key, other].map((one, time) => line(`"pid":${3 * place + time},"${one}":"x"`));
    });
    const expected = lines.flatMap(() => [[], [0], []]);
    assert.deepEqual(judged([predicate], lines.flat().join('')), expected, `${length} characters`);
  }
});

test('records are judged down to the level to which documents keep everything', () => {
  const predicate = leaf('process.name', { kind: 'text', oneOf: ['x'], fold: 'exact' });
  const nested = (levels: number, open: string, close: string): string =>
    line(`"name":"x","deep":${open.repeat(levels)}1${close.repeat(levels)}`);
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
    ['{"a":[', ']}'],
  ] as const) {
    const most = (NESTING_DEPTH - 2) / (open.length > 5 ? 2 : 1);
    const lines = [most - 1, most, most + 1, 20 * most].map((levels) => nested(levels, open, close));
    assert.deepEqual(judged([predicate], lines.join('')), [[0], [0], undefined, undefined], open);
  }
});

test('keys beyond those that are learnt still lead where they lead', () => {
  const predicate = leaf('process.parent.user.name', { kind: 'text', oneOf: ['x'], fold: 'exact' });
  const made = Array.from({ length: 70 }, (_, i) => line(`"pid":${i},"key-${i}":1`));
  const lines = [...made, line('"parent.user.name":"x"'), line('"parent.user.name":"y"'), line('"a.b":"x"')];
  const holds = judged([predicate], lines.join(''));
  assert.deepEqual(
    holds.slice(0, 70),
    made.map(() => []),
  );
  // More keys than are learnt cannot be followed, so that the document has to tell.
  assert.deepEqual(holds.slice(70), [undefined, undefined, []]);
});

test('whole numbers that doubles cannot tell apart are told apart', () => {
  const edge = 9007199254740992n;
  const predicates = (['lt', 'lte', 'gt', 'gte'] as const).map((order) =>
    leaf('process.pid', { kind: 'numberOrder', order, than: String(edge), strings: 'coerce' }),
  );
  predicates.push(leaf('process.pid', { kind: 'number', oneOf: [String(edge + 1n)], strings: 'coerce' }));
  const lines = [edge - 1n, edge, edge + 1n, edge + 2n].map((value) => line(`"pid":${value}`));
  assert.deepEqual(judged(predicates, lines.join('')), [
    [0, 1],
    [1, 3],
    [2, 3, 4],
    [2, 3],
  ]);
});

test('a key that stands twice has its last value, which only the document tells', () => {
  const named = (path: string): Predicate => leaf(path, { kind: 'text', oneOf: ['x'], fold: 'exact' });
  const predicates = [named('process.name'), named('process.args.a'), named('process.parent.name')];
  const lines = [
    line('"name":"x","name":"y"'),
    line('"name":"y","name":"x"'),
    line('"name":"x","pid":1,"parent":{"pid":{}},"env":[[{}]],"name":"y"'),
    line('"args":[{"a":"y"},{"a":"x","b":[{}],"a":"y"}]'),
    line('"parent":{"name":"x"},"parent":{"name":"y"}'),
    line('"parent.name":"x","parent.name":"y"'),
    // In objects of their own the same keys are no repeats.
    line('"name":"x","args":[{"a":"x"},{"a":"y"}],"parent":{"name":"y"}'),
    line('"name":"y","name":"z"'),
  ];
  const twice = lines.slice(0, 6).map(() => undefined);
  assert.deepEqual(judged(predicates, lines.join('')), [...twice, [0, 1], []]);
});
test('what is nearly JSON is not passed over, when its keys are known from records before either', () => {
  const predicate = leaf('process.pid', { kind: 'number', oneOf: ['7'], strings: 'coerce' });
  const usual = (value: string): string => line(`"pid":7,"labels":{"a":${value},"b":"c"},"list":["d",1]`);
  const sound = '[{"e":1,"f":[]},"g"]';
  const broken = [
    '[{"e":1,"f":[]},"g"}',
    '[{"e":1,"f":[]],"g"]',
    '[{"e":1,"f":[}},"g"]',
    '[{"e":1,"f":{]},"g"]',
    '[{"e":1,"f":[]},"g",]',
    '[{"e":1,"f":[],},"g"]',
    '[{"e":1 "f":[]},"g"]',
    '[{"e" 1,"f":[]},"g"]',
    '[{"e":1,"f":[]} "g"]',
    '[{"e":,"f":[]},"g"]',
    '[{"e":1,,"f":[]},"g"]',
    '[{"e":1,"f":[]},"g"]]',
    '[{"e":01,"f":[]},"g"]',
    '[{"e":1.,"f":[]},"g"]',
    '[{"e":1e,"f":[]},"g"]',
    '[{"e":tru,"f":[]},"g"]',
    '[{"e":1x,"f":[]},"g"]',
    '[{"e":truex,"f":[]},"g"]',
    '[{"e":1,"f":[]},"g\\x"]',
    '[{"e":1,"f":[]},"g\t"]',
    '[{"e":1{"f":[]}},"g"]',
    '[{"e":1,"f":["a"[]]},"g"]',
    '[{e:1,"f":[]},"g"]',
    '[{"e":1,1},"g"]',
  ];
  for (const text of broken) {
    const read = judged([predicate], usual(sound) + usual(sound).replace('"d"', '"h"') + usual(text));
    assert.equal(read.filter((holds) => holds !== undefined).length, 2, text);
  }
});

const is = (text: string): Predicate => leaf(PATH, { kind: 'text', oneOf: [text], fold: 'exact' });

test('escapes are looked up as the characters that they are', () => {
  const predicates = [is('é'), is('\u212a'), is('ťx'), containing('evil'), is('a/b\n\b\f\r\t"\\')];
  const rows: readonly (readonly [written: string, holds: readonly number[]])[] = [
    [String.raw`\u00e9`, [0]],
    [String.raw`\u00E9`, [0]],
    ['é', [0]],
    [String.raw`\u212a`, [1]],
    [String.raw`\u0165x`, [2]],
    [String.raw`\u0165vil`, []],
    [String.raw`\u0065vil`, [3]],
    [String.raw`x\u0065v\u0069l`, [3]],
    [String.raw`\u1065vil`, []],
    [String.raw`a\/b\n\b\f\r\t\"\\`, [4]],
    [String.raw`\u0061\u002f\u0062\u000a\u0008\u000C\u000d\u0009\u0022\u005C`, [4]],
    [String.raw`a\/b\n\b\f\r\t\\\"`, []],
  ];
  const lines = [1, 2].flatMap((pid) =>
    rows.map(([written]) => line(`"pid":${pid},"command_line":"${written}"`)),
  );
  const expected = rows.map(([, holds]) => holds);
  assert.deepEqual(judged(predicates, lines.join('')), [...expected, ...expected]);
});

test('pieces are found beside every character, however it is written and wherever it stands', () => {
  const folded = Array.from({ length: 0x11_0000 }, (_, code) => String.fromCodePoint(code)).filter(
    (one) => /[^\0-\x7f]/.test(one) && /[\0-\x7f]/.test(one.toLowerCase()),
  );
  assert.deepEqual(folded, ['\u0130', '\u212a'], 'all that the scanner has to leave to others');
  const pieces = ['kim', 'ix', 'evil', 'x\n"', 'qé', 'vi'].map((text) =>
    leaf(PATH, { kind: 'pattern', oneOf: [[{ any: 'many' }, text, { any: 'many' }]], fold: 'lower' }),
  );
  const whole = ['évil', 'kim'].map((text) => leaf(PATH, { kind: 'text', oneOf: [text], fold: 'lower' }));
  const beside = ['\u212a', '\u0130', '\u0131', '\u2129', '\u212b', '\u22aa', '\u4130', 'é', '😀', '\ud83d'];
  const texts = [...beside, '', 'k', '"', '\\', '\n', '\b'].flatMap((one) => [
    `${one}im`,
    `${one}x`,
    `${one}evil`,
    `vil${one}`,
    `x\n"${one}`,
    `q${one}`,
    `${one}vil`,
    `v${one}`,
  ]);
  const written = texts.flatMap((text) =>
    [0, 1, 8, 9, 10, 11, 12, 13, 14, 15, 16].flatMap((length) => {
      const value = `${'e\\'.repeat(length)}${text}${'\t'.repeat(length % 3)}`;
      const codes = Array.from({ length: value.length }, (_, i) => value.charCodeAt(i));
      const escaped = codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('');
      return [JSON.stringify(value), JSON.stringify(value.toUpperCase()), `"${escaped}"`];
    }),
  );
  const lines = written.map((json, i) => line(`"pid":${i},"command_line":${json}`));
  for (const predicates of [pieces, [...pieces, ...whole]]) {
    const matcher = new Matcher(predicates);
    const expected = written.map((json) => [
      ...matcher.match({ process: { command_line: JSON.parse(json) as string } }, 0).rules,
    ]);
    assert.deepEqual(judged(predicates, lines.join('')), expected);
    assert.ok(expected.filter((holds) => holds.length > 0).length > 300);
  }
});

test('of more values than the scanner notes, none is left out', () => {
  const args = (count: number): string =>
    line(`"pid":${count},"args":[${'"x",'.repeat(count)}"last"]`).replace('"7"', `"${count}"`);
  const last = leaf('process.args', { kind: 'text', oneOf: ['last'], fold: 'exact' });
  const counts = [10, MOST_TAPED - 1, MOST_TAPED, MOST_TAPED + 1, 3 * MOST_TAPED];
  assert.deepEqual(judged([last], counts.map(args).join('')), [[0], [0], undefined, undefined, undefined]);
});

test('an empty name of an index is another one than none', () => {
  const condition = leaf('process.pid', { kind: 'number', oneOf: ['7'], strings: 'coerce' });
  const asked = (document: JsonObject): Uint8Array =>
    valuesAt(document, 'data_stream.dataset').length === 0 ? onlyFirst : onlySecond;
  const [onlyFirst, onlySecond] = [Uint8Array.of(1, 0), Uint8Array.of(0, 1)];
  const interest = interestOf(new Matcher([condition, condition]), 2, ['process.pid'], asked);
  const lines = ['', '"data_stream":{"dataset":""},', '"data_stream":{"dataset":"x"},'].map((stream, i) =>
    line('"pid":7').replace('"process"', `${stream}"process"`).replace('"7"', `"${i}"`),
  );
  const holdsOf = (order: readonly string[]): (readonly number[] | undefined)[] =>
    readBytes(order.join(''), { interest }).events.map((event) => event.judged?.holds);
  assert.deepEqual(holdsOf(lines), [[0], [1], [1]]);
  assert.deepEqual(holdsOf(lines.toReversed()), [[1], [1], [0]]);
});

test('by what repeats are told is the record itself, whatever came before it', () => {
  const condition = leaf('process.pid', { kind: 'number', oneOf: ['7'], strings: 'coerce' });
  const interest = interestOf(new Matcher([condition]), 1, ['process.pid']);
  const carried = linesOf({ '@timestamp': '2026-03-02T11:00:00.123Z', kubernetes: { audit: auditEvent() } });
  const repeated = [line('"pid":1'), line('"pid":7'), line('"pid":1'), line('"pid":7')];
  const { events, skipped } = readBytes([carried, ...repeated].join(''), { interest });
  assert.deepEqual(
    events.map(({ judged }) => judged?.holds),
    [[], [], [0]],
  );
  assert.deepEqual([...skipped.values()], [2]);
});
