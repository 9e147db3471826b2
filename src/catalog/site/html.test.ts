import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html, inline, joined, outside, paragraphs } from './html.ts';

const text = (content: Parameters<typeof html>[1]): string => html`${content}`.text;

test('whatever is put into a template is escaped, unless it is HTML', () => {
  const quotes = `"'><script>`;
  assert.equal(
    html`<b title="${quotes}">${'a < b & c'} ${html`<i>${1}</i>`}${undefined}${['x', html`<i></i>`]}</b>`
      .text,
    '<b title="&quot;&#39;&gt;&lt;script&gt;">a &lt; b &amp; c <i>1</i>x<i></i></b>',
  );
});

test('characters that hide or turn text are made visible', () => {
  assert.equal(text('a\u202Eb\u200Bc\u0000d\n\te'), 'a\uFFFDb\uFFFDc\uFFFDd\n\te');
});

test('code and emphasis of the texts are shown, and nothing else of Markdown', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['run `rm -rf <x>` now', 'run <code>rm -rf &lt;x&gt;</code> now'],
    ['**never** do', '<strong>never</strong> do'],
    ['a ` b', 'a ` b'],
    ['``', '``'],
    ['[x](javascript:alert(1)) <img src=x>', '[x](javascript:alert(1)) &lt;img src=x&gt;'],
  ];
  assert.deepEqual(
    rows.map(([given]) => text(inline(given))),
    rows.map(([, shown]) => shown),
  );
});

test('blank lines part paragraphs', () => {
  assert.equal(text(paragraphs('\na\nb\n\n\nc\n')), '<p>a\nb</p><p>c</p>');
});

test('only addresses of web pages can be followed', () => {
  assert.equal(
    text(outside('https://a.example/?x="y"')),
    '<a href="https://a.example/?x=&quot;y&quot;" rel="noopener noreferrer">https://a.example/?x=&quot;y&quot;</a>',
  );
  assert.equal(text(outside('javascript:alert(1)')), 'javascript:alert(1)');
  assert.equal(text(outside(' https://a.example')), ' https://a.example');
});

test('parts that are not there leave no gap', () => {
  assert.equal(text(joined(['a', undefined, '', 'b'], html`<i></i>`)), 'a<i></i>b');
});
