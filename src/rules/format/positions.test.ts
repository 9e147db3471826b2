import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from '../../base/source.ts';
import type { Path } from './positions.ts';
import { parseToml } from './toml.ts';

const file = `a.b = 1
list = [ "x", { y = true } ]

[rule]
"quoted key" = 2

[[rule.threat]]
[rule.threat.tactic]
id = "TA0001"

[[rule.threat]]
[[rule.threat.technique]]
id = "T1"
`;

function parsed() {
  const result = parseToml(source('f', file));
  assert.ok(result.ok);
  return result.value;
}

const words = (path: Path): readonly (string | undefined)[] => {
  const { positions } = parsed();
  const cut = (at: { start: number; end: number } | undefined) => at && file.slice(at.start, at.end);
  return [cut(positions.key(path)), cut(positions.value(path))];
};

test('values', () => {
  assert.deepEqual(parsed().value, {
    a: { b: 1 },
    list: ['x', { y: true }],
    rule: {
      'quoted key': 2,
      threat: [{ tactic: { id: 'TA0001' } }, { technique: [{ id: 'T1' }] }],
    },
  });
});

test('the key and the value of every path', () => {
  assert.deepEqual(words(['a']), ['a', 'a']);
  assert.deepEqual(words(['a', 'b']), ['b', '1']);
  assert.deepEqual(words(['list', 0]), [undefined, '"x"']);
  assert.deepEqual(words(['list', 1, 'y']), ['y', 'true']);
  assert.deepEqual(words(['rule']), ['rule', 'rule']);
  assert.deepEqual(words(['rule', 'quoted key']), ['"quoted key"', '2']);
  assert.deepEqual(words(['rule', 'threat', 0, 'tactic', 'id']), ['id', '"TA0001"']);
  assert.deepEqual(words(['rule', 'threat', 1, 'technique', 0, 'id']), ['id', '"T1"']);
  assert.deepEqual(words(['rule', 'nothing']), [undefined, undefined]);
});

test('each element of a list of tables has its own header', () => {
  const { positions } = parsed();
  const lines = [0, 1].map(
    (n) => positions.source.place(positions.nearest(['rule', 'threat', n])?.start ?? 0).line,
  );
  assert.deepEqual(lines, [7, 11]);
});

test('what is missing is said at the nearest thing that is there', () => {
  const { positions } = parsed();
  const { start, end } = positions.nearest(['rule', 'threat', 0, 'tactic', 'name']);
  assert.equal(file.slice(start, end), 'rule.threat.tactic');
});

test('dates stay text, integers beyond 2^53 keep their digits, and no key touches a prototype', () => {
  const result = parseToml(
    source('f', 'd = 2025-01-31\nn = 9007199254740993\n__proto__ = { polluted = true }\n'),
  );
  assert.ok(result.ok);
  const { value } = result.value;
  assert.deepEqual(Object.keys(value), ['d', 'n', '__proto__']);
  assert.equal(value['d'], '2025-01-31');
  assert.equal(String(value['n']), '9007199254740993');
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});

/** The same query in each kind of TOML string; the mark stands before the character to be found. */
const kinds: readonly (readonly [name: string, written: string])[] = [
  ['basic', String.raw`"say: \"hi\" and @x"`],
  ['literal', `'say: "hi" and @x'`],
  ['basic over several lines', `"""\nsay: \\"hi\\"\\\n    \n  \\u0020and @x\n"""`],
  ['literal over several lines', `'''\nsay: "hi"\n and @x'''`],
];

for (const [name, written] of kinds) {
  for (const [ends, newline] of [
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
  ] as const) {
    test(`an offset in a query is a place in the file: ${name}, ${ends}`, () => {
      const marked = `[rule]\nquery = ${written}\n`.replaceAll('\n', newline);
      const text = marked.replace('@', '');
      const result = parseToml(source('f.toml', text));
      assert.ok(result.ok);
      const query = String((result.value.value['rule'] as Record<string, unknown>)['query']);
      const inner = result.value.positions.text(['rule', 'query'], query);
      assert.ok(inner);
      assert.deepEqual(inner.place(query.indexOf('x')), source('f.toml', text).place(marked.indexOf('@')));
      assert.equal(inner.name, 'f.toml');
      const { line, column } = inner.place(query.length);
      assert.match(inner.line(line).slice(column - 1), /^("""|'''|"|')$/);
    });
  }
}
