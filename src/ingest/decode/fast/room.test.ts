/** Records that have more of anything than the scanner has room for: nothing is left out, and nothing written elsewhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judged, leaf, processLine as line } from '../../../../tests/support/judged.ts';
import type { Predicate } from '../../../plan/predicate.ts';

const PATH = 'process.command_line';

test('of many items of any kind in one list, none is left out', () => {
  const last = leaf('process.args', { kind: 'text', oneOf: ['last'], fold: 'exact' });
  const counts = [10, 511, 512, 513, 2000];
  for (const item of ['"x",', '1,', 'true,', '[],', '[1],', '["x"],', 'null,', '"\\n",']) {
    const args = (count: number): string =>
      line(`"pid":${count},"args":[${item.repeat(count)}"last"]`).replace('"7"', `"${count}"`);
    const expected = counts.map(() => [0]);
    assert.deepEqual(judged([last], counts.map(args).join('')), expected, item);
  }
});

test('a record may meet more than there is room for', () => {
  const many = Array.from({ length: 4500 }, (_, i) => i);
  const text = (path: string, one: string): Predicate =>
    leaf(path, { kind: 'text', oneOf: [one], fold: 'exact' });
  const pairs = many.map((i): Predicate => ({
    kind: 'and',
    args: [text('process.args', `a${i}`), text('process.env_vars', `e${i}`)],
  }));
  const record = (count: number): string => {
    const [args, env_vars] = ['a', 'e'].map((kind) => many.slice(0, count).map((i) => `${kind}${i}`));
    return line(JSON.stringify({ args, env_vars }).slice(1, -1)).replace('"7"', `"${count}"`);
  };
  const expected = [1500, 10, 300, 4500].map((count) => (count < 2000 ? many.slice(0, count) : undefined));
  assert.deepEqual(judged(pairs, [1500, 10, 300, 4500].map(record).join('')), expected);
  const candidates = Array.from({ length: 17_000 }, (): Predicate => ({
    kind: 'not',
    arg: text('process.name', 'x'),
  }));
  assert.deepEqual(judged(candidates, line('"name":"y"')), [undefined]);
});

test('texts may be longer than what is put together of them', () => {
  const lengths = [60_000, 65_400, 65_500, 65_536, 65_600, 66_000, 100_000];
  const condition = leaf(PATH, { kind: 'pattern', oneOf: [[{ any: 'many' }, 'last']], fold: 'exact' });
  const escaped = lengths.map((length) =>
    line(`"command_line":"\\t${'x'.repeat(length)}last"`).replace('"7"', `"${length}"`),
  );
  assert.deepEqual(
    judged([condition], escaped.join('')),
    lengths.map(() => [0]),
  );
  const named = lengths.map((length) =>
    line('"command_line":"last"').replace('"7"', `"${'7'.repeat(length)}"`),
  );
  assert.deepEqual(
    judged([condition], named.join('')),
    lengths.map((length) => (length < 65_536 ? [0] : undefined)),
  );
});
