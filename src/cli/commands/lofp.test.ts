import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf, checkouts, execRule } from '../../../tests/support/catalog.ts';
import type { Surroundings } from '../../../tests/support/cli.ts';
import { runWith } from '../../../tests/support/cli.ts';
import { assertGolden } from '../../../tests/support/golden.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { failure, success } from '../../base/result.ts';
import { searchIn } from '../../catalog/search/search.ts';
import { behavioursFor } from '../../app/behaviours.ts';
import { ExitCode } from '../exit.ts';
import type { Services } from '../services.ts';

const first = (await catalogueOf()).catalogue;
const edited = {
  ...checkouts,
  elastic: {
    ...checkouts['elastic'],
    'rules/kubernetes/exec.toml': execRule.replace('debug their', 'debug all their'),
  },
};
const { catalogue } = await catalogueOf(edited, { past: first });

const opened: string[] = [];
const around: Surroundings = {
  columns: 100,
  environment: { NO_COLOR: '1' },
  services: {
    openCatalogue: async (folder) => {
      opened.push(folder);
      return success({ catalogue, search: async () => searchIn(catalogue) });
    },
  },
};
const pipe: Surroundings = { services: around.services ?? {} };

const idOf = (title: string): string =>
  catalogue.statements.find((one) => one.title.startsWith(title))?.id ?? '';

test('lofp search: each format, and totals on stderr', async () => {
  const table = await runWith(['lofp', 'search', 'exec', 'source:elastic', '--limit', '2'], around);
  assert.equal(table.code, ExitCode.nothingFound);
  assertGolden('cli/lofp/search.txt', table.stdout + table.stderr);
  for (const format of ['json', 'ndjson', 'md']) {
    const { stdout } = await runWith(['lofp', 'search', 'backup', '-o', format], around);
    assertGolden(`cli/lofp/search.${format}`, stdout);
  }
  const piped = await runWith(['lofp', 'search', 'backup'], pipe);
  assert.equal(piped.stdout, (await runWith(['lofp', 'search', 'backup', '-o', 'ndjson'], around)).stdout);
});

test('lofp search: a misspelled facet is said and searched as words', async () => {
  const { code, stdout, stderr } = await runWith(['lofp', 'search', 'sorce:sigma', '-o', 'md'], around);
  assert.deepEqual([code, stdout], [ExitCode.nothingFound, '']);
  assert.match(stderr, /there is no facet "sorce"[^]*did you mean "source"/);
});

test('lofp show: behaviours, with what the catalogue gathers, and without one', async () => {
  const [statement] = catalogue.statements;
  assert.ok(statement !== undefined);
  const gathered = { ...catalogue, statements: [{ ...statement, behaviours: ['BP-0001'] }] };
  const services: Surroundings['services'] = {
    behaviours: async () => behavioursFor({}),
    openCatalogue: async () =>
      success({ catalogue: gathered, search: () => Promise.reject(new Error('no search')) }),
  };
  for (const format of ['table', 'md', 'json']) {
    const { code, stdout, stderr } = await runWith(['lofp', 'show', 'bp-0001', '-o', format], {
      ...around,
      services,
    });
    assert.deepEqual([code, stderr], [ExitCode.nothingFound, '']);
    const text = stdout.replace(/"file": ".*content/, '"file": "content');
    assertGolden(`cli/lofp/behaviour.${format}`, text);
  }
  const openCatalogue: Services['openCatalogue'] = async () =>
    failure(diagnostic('CAT006', 'there is none yet'));
  const alone = { ...around, services: { ...services, openCatalogue } };
  const without = await runWith(['lofp', 'show', 'BP-0001'], alone);
  assert.deepEqual([without.code, without.stderr], [ExitCode.nothingFound, '']);
  assert.doesNotMatch(without.stdout, /Statements/);
  assert.deepEqual(await runWith(['lofp', 'show', 'BP-9999'], alone), {
    code: ExitCode.badInput,
    stdout: '',
    stderr: 'error CAT008: nothing has the id or name "BP-9999"\n',
  });
  assert.equal((await runWith(['lofp', 'show', 'BP-0001', 'FP-x'], alone)).code, ExitCode.badInput);
});

test('lofp show: statements and rules, as a page, as Markdown and as data', async () => {
  const statement = idOf('Developers exec');
  for (const [name, words] of [
    ['statement.txt', [statement]],
    ['statement.md', [statement, '-o', 'md']],
    ['rule.txt', ['shell in a pod']],
    ['clause.txt', [idOf('Updates')]],
  ] as const) {
    const { code, stdout, stderr } = await runWith(['lofp', 'show', ...words], around);
    assert.deepEqual([code, stderr], [ExitCode.nothingFound, '']);
    assertGolden(`cli/lofp/${name}`, stdout);
  }
  const { stdout } = await runWith(['lofp', 'show', statement], pipe);
  assert.equal((JSON.parse(stdout) as { statement: { id: string } }).statement.id, statement);
});

test('lofp show: what is not there is exit code 2, with what was meant; the rest is shown', async () => {
  const ran = await runWith(['lofp', 'show', 'shel in a pod', 'stop', '-o', 'md'], around);
  assert.equal(ran.code, ExitCode.badInput);
  assert.match(ran.stdout, /^## Service stopped/);
  assert.match(
    ran.stderr,
    /CAT008: nothing has the id or name "shel in a pod"\n {2}hint: did you mean "Shell in a pod"/,
  );
});

test('lofp quality and lofp new', async () => {
  for (const command of ['quality', 'new'])
    for (const format of ['table', 'md', 'json', 'ndjson']) {
      const { code, stdout } = await runWith(['lofp', command, '-o', format], around);
      assert.equal(code, ExitCode.nothingFound);
      assertGolden(`cli/lofp/${command}.${format}`, stdout);
    }
});

test('the folder of the catalogue, and what is said when there is none', async () => {
  opened.length = 0;
  await runWith(['lofp', 'quality'], around);
  await runWith(['lofp', 'quality', '--catalogue', 'x'], around);
  assert.deepEqual(opened, ['lofp', 'x']);
  const services = { openCatalogue: async () => failure(diagnostic('CAT006', 'there is none yet')) };
  for (const command of ['search', 'quality', 'new', 'show x']) {
    const ran = await runWith(['lofp', ...command.split(' ')], { services });
    assert.deepEqual(ran, {
      code: ExitCode.badInput,
      stdout: '',
      stderr: 'error CAT006: there is none yet\n',
    });
  }
});

test('lofp build says what was read, counted and written', async () => {
  const asked: unknown[] = [];
  const services: Surroundings['services'] = {
    buildCatalogue: async (...given) => {
      asked.push(given);
      return success({
        catalogue,
        diagnostics: [diagnostic('CAT003', 'lines were indented')],
        past: first,
        files: [{ file: 'lofp/catalogue.json', bytes: 12_345 }],
        milliseconds: 1_200,
        peakMemory: 300_000_000,
      });
    },
  };
  const ran = await runWith(['lofp', 'build', 'a', 'b'], { ...around, services });
  assert.deepEqual([ran.code, asked], [ExitCode.nothingFound, [[['a', 'b'], 'lofp', []]]]);
  assertGolden('cli/lofp/build.txt', ran.stdout + ran.stderr);
  const refused = await runWith(['lofp', 'build', 'a'], {
    services: { buildCatalogue: async () => failure(diagnostic('CAT005', 'no rules in "a"')) },
  });
  assert.deepEqual(refused, {
    code: ExitCode.badInput,
    stdout: '',
    stderr: 'error CAT005: no rules in "a"\n',
  });
});
