import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logicBlock } from './logic.ts';

const inside = (block: { readonly text: string }): string =>
  block.text.replace(/^<pre[^>]*><code>|<\/code><\/pre>$/g, '');

test('exclusions are marked, also where they cut a token', () => {
  const text = 'user.name: "a<b" and not host.name: x';
  const marks = [{ start: text.indexOf('not'), end: text.length, statement: 'FP-1' }];
  const linked = logicBlock(text, { language: 'kuery', marks, linkOf: (id) => `../fp/${id}.html` });
  assert.equal(
    inside(linked),
    '<i class=f>user.name</i>: <i class=s>&quot;a&lt;b&quot;</i> <i class=k>and</i> ' +
      '<mark><a href="../fp/FP-1.html"><i class=k>not</i> <i class=f>host.name</i>: <i class=s>x</i></a></mark>',
  );
  const cut = logicBlock('"abcd"', {
    language: 'kuery',
    marks: [{ start: 2, end: 4, statement: 'FP-1' }],
    current: 'FP-1',
  });
  assert.equal(
    inside(cut),
    '<i class=s>&quot;a</i><mark class="now"><i class=s>bc</i></mark><i class=s>d&quot;</i>',
  );
});

test('languages that Winnow does not read keep their text', () => {
  assert.equal(inside(logicBlock('a: <b>\n', { language: 'sigma' })), 'a: &lt;b&gt;');
});

test('every text comes out as it went in, whatever its tokens', () => {
  for (const language of ['kuery', 'eql', 'esql', 'lucene', 'spl'])
    for (const text of [
      'process where a == "b" // c',
      'from x | where a like "b*"',
      'a:(b or "c',
      '"""',
      '\\',
      'é😀 and 1.5',
    ])
      assert.equal(
        inside(logicBlock(text, { language }))
          .replace(/<[^>]*>/g, '')
          .replaceAll('&quot;', '"'),
        text,
        `${language}: ${text}`,
      );
});
