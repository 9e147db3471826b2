/**
 * `npm test`: sets everything up and runs the tests. `npm test -- FILE…` runs only those. `npm run test:long` adds the
 * suites that take minutes.
 */
import { build, tryNode } from './lib.mjs';

build();
const long = process.argv.includes('--long');
const chosen = process.argv.slice(2).filter((argument) => argument !== '--long');
const files = chosen.length > 0 ? chosen : ['src/**/*.test.ts', 'tests/**/*.test.ts'];
const reporter = ['--test-reporter=./scripts/summary-reporter.mjs', '--test-reporter-destination=stdout'];
process.exit(
  tryNode(
    ['--test', '--test-concurrency=2', '--test-timeout=240000', ...reporter, ...files],
    long ? { WINNOW_LONG_TESTS: '1' } : {},
  ),
);
