import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnostic, location, picture } from './diagnostic.ts';
import { embedded, source } from './source.ts';
import { span } from './span.ts';

const file = source('rules/a.toml', 'name = "x"\r\nquery = "a: or"\nlast');

test('a picture shows place, code, line, caret and hint', () => {
  const d = diagnostic('RUN001', 'the query is odd', {
    source: file,
    span: span(21, 26),
    hint: 'write it differently',
  });
  assert.equal(
    picture(d),
    [
      'rules/a.toml:2:10: warning RUN001: the query is odd',
      '  2 | query = "a: or"',
      '    |          ^^^^^',
      '  hint: write it differently',
    ].join('\n'),
  );
});

test('a text inside a text reports the place in the outer one', () => {
  const query = embedded(file, 'a: or', (offset) => offset + 21);
  assert.equal(location(diagnostic('RUN001', 'x', { source: query, span: span(3, 5) })), 'rules/a.toml:2:13');
});

test('a caret never runs past the end of its line', () => {
  const d = diagnostic('RUN001', 'x', { source: file, span: span(27, 32) });
  assert.match(picture(d), /\n {4}\| {16}\^$/);
});

test('a very long line is cut around the caret', () => {
  const long = source('a', `${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`);
  const lines = picture(diagnostic('RUN001', 'x', { source: long, span: span(5000, 5004) })).split('\n');
  assert.ok(lines.every((line) => line.length < 200));
  assert.equal(lines[1]?.slice(lines[2]?.indexOf('^'), lines[2]?.lastIndexOf('^') ?? 0).concat('E'), 'HERE');
});

test('a diagnostic without a source has no place', () => {
  assert.equal(picture(diagnostic('RUN001', 'stopped')), 'warning RUN001: stopped');
});
