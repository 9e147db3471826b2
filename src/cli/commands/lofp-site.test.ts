import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { catalogueOf } from '../../../tests/support/catalog.ts';
import { runWith } from '../../../tests/support/cli.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { failure, success } from '../../base/result.ts';
import { searchIn } from '../../catalog/search/search.ts';
import { ExitCode } from '../exit.ts';
import type { Services } from '../services.ts';

const { catalogue } = await catalogueOf();

/** Services that note how they were called. */
function noting(called: unknown[]): Partial<Services> {
  return {
    openCatalogue: async (folder) => {
      called.push(['open', folder]);
      return success({ catalogue, search: async () => searchIn(catalogue) });
    },
    buildCatalogue: async (...given) => {
      called.push(['build', ...given]);
      return failure(diagnostic('CAT005', 'no rules in "empty"'));
    },
    writeSite: async (given, folder, own) => {
      called.push(['write', given === catalogue, folder, own]);
      return success({ folder, files: 12, bytes: 3_400_000, removed: 1, milliseconds: 950, peakMemory: 9e7 });
    },
  };
}

test('lofp site: of the catalogue that is there, with time, size and memory', async () => {
  const called: unknown[] = [];
  const { code, stdout, stderr } = await runWith(['lofp', 'site', 'public'], { services: noting(called) });
  assert.equal(code, ExitCode.nothingFound);
  assert.equal(
    stdout,
    'wrote 12 files (3.4 MB) to public, removed 1 old file in 950 ms, at most 90.0 MB of memory\n',
  );
  assert.equal(stderr, 'try: winnow lofp open public\n');
  assert.deepEqual(called, [
    ['open', 'lofp'],
    ['write', true, 'public', []],
  ]);
});

test('lofp site: beside another catalogue when no folder is given', async () => {
  const called: unknown[] = [];
  await runWith(['lofp', 'site', '--catalogue', 'other'], { services: noting(called) });
  assert.deepEqual(called, [
    ['open', 'other'],
    ['write', true, join('other', 'site'), []],
  ]);
});

test('lofp site: checkouts that cannot be built leave the site alone', async () => {
  const called: unknown[] = [];
  const { code, stderr } = await runWith(['lofp', 'site', 'public', 'empty'], { services: noting(called) });
  assert.equal(code, ExitCode.badInput);
  assert.match(stderr, /CAT005: no rules in "empty"/);
  assert.deepEqual(called, [['build', ['empty'], 'lofp', []]]);
});

test('lofp site: behaviours of one’s own are gathered and shown', async () => {
  const called: unknown[] = [];
  const own = ['--behaviours', 'own'];
  await runWith(['lofp', 'site', 'public', 'empty', ...own], { services: noting(called) });
  await runWith(['lofp', 'site', 'public', ...own], { services: noting(called) });
  assert.deepEqual(called, [
    ['build', ['empty'], 'lofp', ['own']],
    ['open', 'lofp'],
    ['write', true, 'public', ['own']],
  ]);
});

test('lofp open: serves until it is interrupted', async () => {
  const stop = new AbortController();
  const called: unknown[] = [];
  const services: Partial<Services> = {
    serveSite: async (folder, port) => {
      called.push([folder, port]);
      setTimeout(() => stop.abort('SIGINT'), 1);
      return success({ url: 'http://127.0.0.1:1/', close: async () => void called.push('closed') });
    },
  };
  const words = ['lofp', 'open', 'public', '--port', '0'];
  const { code, stdout } = await runWith(words, { services, signal: stop.signal });
  assert.deepEqual([code, stdout], [ExitCode.nothingFound, 'http://127.0.0.1:1/\n']);
  assert.deepEqual(called, [['public', 0], 'closed']);
});

test('lofp open: a folder without a site is said', async () => {
  const services: Partial<Services> = {
    serveSite: async () => failure(diagnostic('CAT012', 'there is no site in "public"')),
  };
  const { code, stderr } = await runWith(['lofp', 'open', 'public'], { services });
  assert.equal(code, ExitCode.badInput);
  assert.match(stderr, /CAT012: there is no site in "public"/);
});

test('lofp open: the pages of a catalogue are written first unless they are there', async () => {
  for (const [isCurrent, expected] of [
    [false, [['open', 'own'], ['write', true, 'own/site', ['mine']], 'served own/site']],
    [true, ['served own/site']],
  ] as const) {
    const stop = new AbortController();
    const called: unknown[] = [];
    const services: Partial<Services> = {
      ...noting(called),
      isSiteCurrent: async () => isCurrent,
      serveSite: async (folder) => {
        called.push(`served ${folder}`);
        stop.abort('SIGINT');
        return success({ url: 'http://127.0.0.1:1/', close: async () => undefined });
      },
    };
    const words = ['lofp', 'open', '--catalogue', 'own', '--behaviours', 'mine'];
    assert.equal((await runWith(words, { services, signal: stop.signal })).code, 0);
    assert.deepEqual(called, expected);
  }
});
