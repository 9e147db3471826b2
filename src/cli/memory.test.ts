/** What V8 is told has to reach it after its start, whatever a version of it calls its flags. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

const memory = JSON.stringify(new URL('./memory.ts', import.meta.url).href);

/** The largest heap, in megabytes, of a process that holds twenty-four and replaces them a few at a time, as a long scan does. */
function largestHeap(before: string): number {
  const program = `
    ${before}
    const held = [];
    let most = 0;
    for (let turn = 0; turn < 1600; turn++) {
      held[(turn * 7) % 400] = Array.from({ length: 200 }, () => new Array(32).fill(turn + 0.5));
      if (turn % 5 === 0) most = Math.max(most, process.memoryUsage().heapTotal);
    }
    console.log(most / 1e6);`;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }),
  );
}

test('a scan lets V8 take less memory than V8 would by itself', () => {
  const usual = largestHeap('');
  const little = largestHeap(`(await import(${memory})).collectInLittleMemory();`);
  const fresh = largestHeap(`(await import('node:v8')).setFlagsFromString('--semi-space-growth-factor=1');`);
  assert.ok(little < 75, `the heap grew to ${little} MB for 24`);
  assert.ok(fresh > 1.2 * little, `${fresh} MB when only the new is collected sooner, ${little} when all is`);
  assert.ok(usual > 1.2 * fresh, `${usual} MB when nothing is, ${fresh} when only the new is`);
});
