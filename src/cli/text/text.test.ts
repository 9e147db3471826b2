import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { csvLine } from './csv.ts';
import { bytes, duration, instant, number, plural } from './format.ts';
import { grid } from './grid.ts';
import { displayWidth, hanging, padEnd, truncate, wrap } from './layout.ts';
import { code, escapeMarkdown } from './markdown.ts';
import { proseLines } from './prose.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe, safeLines } from './safe.ts';
import { shellWord } from './shell.ts';
import { escapeAttribute } from './xml.ts';

test('hidden characters are shown, all others stay', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['plain – text, ünïcödé, 日本語', 'plain – text, ünïcödé, 日本語'],
    ['\u001b[31mred', String.raw`\x1b[31mred`],
    ['a\r\nb\tc', String.raw`a\r\nb\tc`],
    ['\u009b2J', String.raw`\x9b2J`],
    ['safe\u202egnp.exe', String.raw`safe\u202egnp.exe`],
    ['\u{e0041}', String.raw`\u{e0041}`],
    ['half \ud800', String.raw`half \ud800`],
    ['::1 and fe80::1', '::1 and fe80::1'],
    ['::add-mask::secret', String.raw`:\x3aadd-mask::secret`],
    ['##[error]x', String.raw`#\x23[error]x`],
  ];
  for (const [text, shown] of cases) assert.equal(safe(text), shown);
});

test('text of several lines keeps its lines', () => assert.equal(safeLines('a\r\n\tb\u0007'), 'a\n  b\\x07'));

test('JSON that is safe to print is the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = safeJson(value);
      assert.doesNotMatch(text, /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('wide and combining characters count as a terminal counts them', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['abc', 3],
    ['日本', 4],
    ['é', 1],
    ['🚀', 2],
    ['', 0],
  ];
  for (const [text, width] of cases) assert.equal(displayWidth(text), width, text);
  assert.equal(padEnd('日本', 6), '日本  ');
  assert.equal(truncate('日本語', 4), '日…');
});

test('wrapping loses nothing and stays within the width', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '/', '日', ':'), maxLength: 80 });
  fc.assert(
    fc.property(text, fc.integer({ min: 8, max: 40 }), (words, width) => {
      const lines = wrap(words, width);
      assert.ok(lines.every((line) => displayWidth(line) <= width));
      assert.equal(lines.join('').replaceAll(' ', ''), words.replaceAll(' ', ''));
    }),
  );
});

test('long words break after a separator', () => {
  assert.deepEqual(wrap('system:serviceaccount:monitoring:prometheus', 24), [
    'system:serviceaccount:',
    'monitoring:prometheus',
  ]);
});

test('lines that follow a label stand under its text', () => {
  assert.deepEqual(hanging('note', 'one two three', 14, 6), ['note  one two', '      three']);
});

test('a grid aligns its columns and wraps its cells', () => {
  const columns = [
    { head: 'N', width: 3, align: 'right' },
    { head: 'TEXT', width: 10 },
  ] as const;
  const rows = [[{ text: '1' }, { text: 'a longer text' }], [{ text: 'over both', span: 2 }]];
  assert.deepEqual(
    grid(columns, rows, (head) => head),
    ['  N  TEXT', '  1  a longer', '     text', 'over both'],
  );
});

test('numbers, sizes and times', () => {
  assert.equal(number(20_481.4), '20,481');
  assert.deepEqual(
    [plural(1, 'file'), plural(0, 'file'), plural(2, 'entry', 'entries')],
    ['1 file', '0 files', '2 entries'],
  );
  assert.deepEqual([0, 999, 1000, 41_234_567, 5e15].map(bytes), [
    '0 B',
    '999 B',
    '1.0 kB',
    '41.2 MB',
    '5000.0 TB',
  ]);
  assert.deepEqual([0.4, 950, 1234, 59_999, 200_000, 86_399_000, 352_800_000].map(duration), [
    '0 ms',
    '950 ms',
    '1.2 s',
    '60.0 s',
    '3 min 20 s',
    '23 h 59 min',
    '4 d 2 h',
  ]);
  assert.deepEqual([undefined, 0, 9e15].map(instant), ['no time', '1970-01-01 00:00:00', '9000000000000000']);
});

test('what a spreadsheet would run is text', () => {
  assert.equal(
    csvLine(['=1+1', '+1', '-1', '@x', '\t=1', 'a,b', 'say "x"', 3, true, ' padded ']),
    `'=1+1,'+1,'-1,'@x,\\t=1,"a,b","say ""x""",3,true," padded "\n`,
  );
});

test('Markdown shows markup as text', () => {
  assert.equal(
    escapeMarkdown('*a* [x](http://y) <b> @me #1 | `c`'),
    String.raw`\*a\* \[x\]\(http&#58;//y\) &lt;b&gt; &#64;me \#1 \| \`c\``,
  );
  assert.equal(code('a `b` ``c``'), '``` a `b` ``c`` ```');
});

test('attributes of XML hold any text', () =>
  assert.equal(escapeAttribute('<a & "b">\n\u0000'), '&lt;a &amp; &quot;b&quot;&gt;&#10;\\x00'));

test('words of a shell are quoted when they must be', () => {
  assert.deepEqual(['a/b.log:12', 'audit 1.log', "it's", '$(rm)'].map(shellWord), [
    'a/b.log:12',
    "'audit 1.log'",
    String.raw`'it'\''s'`,
    "'$(rm)'",
  ]);
});

test('Markdown on a terminal: paragraphs are filled, lists keep their marks, code stays', () => {
  const markdown = [
    '## A heading',
    'Text that an editor',
    'broke in two.',
    '',
    '- an item that is',
    '  broken too',
    '  1. below it',
    '```',
    'code   stays',
    'as it is',
    '```',
    'end',
  ].join('\n');
  assert.deepEqual(proseLines(markdown, 24), [
    '## A heading',
    'Text that an editor',
    'broke in two.',
    '',
    '- an item that is broken',
    '  too',
    '  1. below it',
    '```',
    'code   stays',
    'as it is',
    '```',
    'end',
  ]);
  assert.deepEqual(proseLines(' \n', 24), []);
});
