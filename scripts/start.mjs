/**
 * `npm start`: sets everything up, writes the sample of a cluster's day and scans it with the shipped rules.
 * `npm start -- scan my-audit.log` runs any other command of Winnow instead.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, root, runNode, tryNode } from './lib.mjs';

const winnow = join('dist', 'bin', 'winnow.js');
const sample = join('build', 'sample');

build();
if (process.argv.length > 2) process.exit(tryNode([winnow, ...process.argv.slice(2)]));
if (!existsSync(join(root, sample, 'audit.ndjson'))) runNode([winnow, 'demo', sample, '--quiet']);
// The sample holds an attack, so findings are what a first run should show, not a failure of `npm start`.
const status = tryNode([winnow, 'scan', sample, '--output', 'table', '--fail-on', 'never']);
console.error('\nHere "winnow …" is "npm start -- …", until npm link puts winnow on your path.');
process.exit(status);
