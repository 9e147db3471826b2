/**
 * `npm run check`: everything that must hold besides the tests. Runs all checks before it gives its verdict, so that
 * one run shows everything there is to mend.
 */
import { setUp, tool, tryNode } from './lib.mjs';

setUp();
const checks = [
  ['types', [tool('typescript', 'bin/tsc'), '-p', 'tsconfig.json']],
  ['types of the pure layers', [tool('typescript', 'bin/tsc'), '-p', 'tsconfig.pure.json']],
  ['types of the browser code', [tool('typescript', 'bin/tsc'), '-p', 'src/web/tsconfig.json']],
  [
    'lint',
    [tool('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings', 'src', 'tests', 'scripts', 'bench'],
  ],
  ['format', [tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  ['unused code', [tool('knip', 'bin/knip.js')]],
  ['generated files', ['scripts/generate.ts', '--check']],
];

const failed = checks.filter(([name, args]) => {
  const status = tryNode(args);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  return status !== 0;
});
if (failed.length > 0) {
  console.error(
    `\n${failed.length} of ${checks.length} checks failed: ${failed.map(([name]) => name).join(', ')}`,
  );
  process.exit(1);
}
