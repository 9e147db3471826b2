/**
 * `npm test`: sets everything up and runs the tests. `npm test -- FILE…` runs only those. `npm run test:long` runs the
 * suites that take minutes: the laws with many more cases, the crash tests, and the site in a real browser.
 */
import { build, tryNode } from './lib.mjs';

build();
const long = process.argv.includes('--long');
const chosen = process.argv.slice(2).filter((argument) => argument !== '--long');
const everything = ['src/**/*.test.ts', 'tests/**/*.test.ts'];
const longSuites = ['tests/laws/**/*.test.ts', 'tests/e2e/**/*.test.ts', 'src/app/kill.test.ts'];
const files = chosen.length > 0 ? chosen : long ? longSuites : everything;
const timeout = `--test-timeout=${long ? 900_000 : 240_000}`;
const reporter = ['--test-reporter=./scripts/summary-reporter.mjs', '--test-reporter-destination=stdout'];
process.exit(
  tryNode(
    ['--test', '--test-concurrency=2', timeout, ...reporter, ...files],
    long ? { WINNOW_LONG_TESTS: '1', WINNOW_LAW_RUNS: process.env.WINNOW_LAW_RUNS ?? '4000' } : {},
  ),
);
