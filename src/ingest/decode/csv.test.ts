import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { csvRows } from './csv.ts';

const rows = (text: string) => [...csvRows(text)].map(({ line, cells }) => [line, ...cells]);

test('cells, quotes, line breaks and empty rows', () => {
  const cases: readonly (readonly [text: string, rows: readonly (readonly (number | string)[])[]])[] = [
    ['', []],
    [
      'a,b\n1,2\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'a,b\r\n1,\r\n',
      [
        [1, 'a', 'b'],
        [2, '1', ''],
      ],
    ],
    [
      '\ufeffa\n\n,\nb',
      [
        [1, 'a'],
        [4, 'b'],
      ],
    ],
    [
      '"a ""quoted"", one","two\nlines",x\nnext',
      [
        [1, 'a "quoted", one', 'two\nlines', 'x'],
        [3, 'next'],
      ],
    ],
    ['a"b,"c"d\n', [[1, 'a"b', 'cd']]],
    [
      '"never closed,1\n2',
      [
        [1, '"never closed', '1'],
        [2, '2'],
      ],
    ],
  ];
  for (const [text, wanted] of cases) assert.deepEqual(rows(text), wanted, JSON.stringify(text));
});

test('what is written with every cell quoted is read as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ') });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (table) => {
      const text = table
        .map((cells) => `${cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')}\n`)
        .join('');
      const full = table.filter((cells) => cells.some((one) => one !== ''));
      assert.deepEqual(
        [...csvRows(text)].map(({ cells }) => cells),
        full,
      );
    }),
  );
});
