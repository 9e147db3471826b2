import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overlaid } from './overlaid.ts';

test('a column takes the place of the field of its name, however its keys are cut', () => {
  const document = {
    user: { name: 'a', id: 1 },
    'user.name': 'b',
    list: [{ x: 1, y: 2 }],
    host: { 'os.type': 'linux' },
  };
  assert.deepEqual(overlaid(document, { 'user.name': 'c', 'list.x': 9, 'host.os.type': 'z', fresh: true }), {
    user: { id: 1 },
    'user.name': 'c',
    list: [{ y: 2 }],
    'list.x': 9,
    host: {},
    'host.os.type': 'z',
    fresh: true,
  });
  assert.deepEqual(document.user, { name: 'a', id: 1 });
});
