import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { picture } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import { LongTexts } from './long-texts.ts';
import { parseToml } from './toml.ts';

const LONG = 'process where process.name == "sh" and not user.name == "root" # all of it';

test('long texts without escapes are taken out, and their places kept', () => {
  const toml = `a = """\n${LONG}"""\n# a """ in a comment\nb = 'it"""s'\nc = '''${LONG}''''' # x\nd = 1\n'${LONG}' = ['${LONG}', '${LONG}']\n`;
  const texts = new LongTexts(toml);
  assert.equal(
    texts.rest,
    `a = """\n"""\n# a """ in a comment\nb = 'it"""s'\nc = '''''' # x\nd = 1\n'${LONG}' = ['', '${LONG}']\n`,
  );
  const rest = (part: string) => texts.rest.indexOf(part);
  assert.equal(texts.place(rest('d = 1')), toml.indexOf('d = 1'));
  assert.equal(texts.place(rest('a')), 0);
  assert.equal(texts.within([rest('"""'), rest('# a') - 1]), LONG);
  assert.equal(texts.within([rest("''''''"), rest('# x') - 1]), `${LONG}''`);
  assert.equal(texts.within([rest('1'), rest('1') + 1]), undefined);
});

test('short texts, escapes and characters that TOML forbids are left to the parser', () => {
  for (const text of ['short', `${LONG}\\n`, `${LONG}\u0001`, `${LONG}\rx`])
    assert.equal(new LongTexts(`a = """${text}"""`).rest, `a = """${text}"""`);
});

test('a mistake behind a long text has its place', () => {
  const result = parseToml(source('r.toml', `a = '''\n${LONG}\n${LONG}'''\nb = \n`));
  assert.deepEqual(
    result.diagnostics.map((d) => picture(d).split('\n')[0]),
    ['r.toml:5:1: error RULE001: not valid TOML: unspecified values are invalid'],
  );
});

test('a text of half a million characters is read', () => {
  const text = `${LONG}\n`.repeat(7000);
  const result = parseToml(source('r.toml', `a = """\n${text}"""`));
  assert.deepEqual(result.ok && result.value.value, { a: text });
});

test('every text is what the parser alone makes of it', () => {
  const piece = fc.constantFrom(
    '"',
    "'",
    '\\',
    '#',
    '\n',
    '\r\n',
    '\r',
    '\t',
    'x',
    'é',
    '😀',
    LONG,
    'a = 1',
    '\\"',
    '""',
  );
  const body = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const quotes = fc.constantFrom('"""', "'''", '"', "'");
  const line = fc.tuple(quotes, body, fc.constantFrom('', ' # "', " # '''", ' = 1', ','));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const toml = lines.map(([q, text, end], index) => `k${index} = ${q}${text}${q}${end}\n`).join('');
      const ours = parseToml(source('x', toml));
      assert.deepEqual(ours.ok ? ours.value.value : 'refused', alone(toml));
    }),
    { numRuns: 2000 },
  );
});

function alone(toml: string): unknown {
  try {
    return getStaticTOMLValue(parseTOML(toml));
  } catch {
    return 'refused';
  }
}
