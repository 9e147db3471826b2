import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ExitCode } from './exit.ts';

const root = new URL('../../', import.meta.url);
const START = fileURLToPath(new URL('./start.ts', import.meta.url));

/** Answers as the given version of Node does where it is asked which one it is, and knows nothing that is newer than Node 20. */
const posingAs = (version: string): string =>
  'data:text/javascript,' +
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });` +
  'delete Map.groupBy; delete Promise.withResolvers;';

function started(version: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', posingAs(version), START, '--version'],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

suite('the start of the program', () => {
  for (const version of ['18.0.0', '20.20.2', '23.11.1'])
    test(`says which Node it needs on ${version}`, () => {
      assert.deepEqual(started(version), {
        status: ExitCode.usage,
        stdout: '',
        stderr:
          `error: Winnow needs Node 24 or newer, and ${process.execPath} is Node ${version}\n` +
          'hint: https://nodejs.org has it; in a clone of Winnow, "npm start -- …" in place of "winnow …" brings its own\n',
      });
    });

  test('needs what package.json names, and runs there', () => {
    const { version, engines } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
      readonly version: string;
      readonly engines: { readonly node: string };
    };
    assert.equal(engines.node, '>=24');
    const { status, stdout } = spawnSync(process.execPath, [START, '--version'], { encoding: 'utf8' });
    assert.deepEqual([status, stdout.trim()], [0, `winnow ${version}`]);
  });
});
