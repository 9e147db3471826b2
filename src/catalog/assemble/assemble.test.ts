import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behaviour, catalogueOf, checkouts, execRule, secretsRule } from '../../../tests/support/catalog.ts';
import { lookUp } from '../lookup.ts';
import type { Catalogue, Statement } from '../model.ts';
import { printCatalogue } from '../print.ts';
import { qualityRows } from '../quality.ts';

const { catalogue } = await catalogueOf(checkouts, { behaviours: [behaviour({})] });

const titled = ({ statements }: Catalogue, title: string): Statement => {
  const found = statements.find((one) => one.title === title);
  assert.ok(found !== undefined, `no "${title}" in ${statements.map((one) => one.title).join('; ')}`);
  return found;
};

test('every finding is a statement or counted as saying nothing', () => {
  assert.deepEqual(
    catalogue.statements
      .map(({ title, kind, origins, rules }) => ({ title, kind, origins, rules }))
      .toSorted((a, b) => (a.title < b.title ? -1 : 1)),
    [
      {
        title: 'A backup controller lists Secrets at night',
        kind: 'text',
        origins: ['field'],
        rules: ['elastic:secrets', 'splunk:counted'],
      },
      {
        title: 'Administrators stop services for maintenance',
        kind: 'text',
        origins: ['field'],
        rules: ['sigma:stop'],
      },
      {
        title: 'Developers exec into pods to debug their own applications',
        kind: 'text',
        origins: ['field'],
        rules: ['elastic:exec'],
      },
      {
        title: 'Support staff exec into pods of customers on request',
        kind: 'text',
        origins: ['guide-ai'],
        rules: ['elastic:exec'],
      },
      {
        title: 'Updates (Service stopped)',
        kind: 'clause',
        origins: ['named-filter'],
        rules: ['sigma:stop'],
      },
      {
        title: 'user.name is system:serviceaccount:ci:runner',
        kind: 'clause',
        origins: ['inline-exclusion'],
        rules: ['elastic:exec'],
      },
    ],
  );
});

test('a statement has everything of its rules, and its other spellings', () => {
  const { id, first_seen, last_changed, ...rest } = titled(
    catalogue,
    'A backup controller lists Secrets at night',
  );
  assert.match(id, /^FP-/);
  assert.deepEqual([first_seen, last_changed], ['2026-03-04', '2026-03-04']);
  assert.deepEqual(rest, {
    slug: 'a-backup-controller-lists-secrets-at-night',
    kind: 'text',
    title: 'A backup controller lists Secrets at night',
    text: 'A backup controller lists Secrets at night.',
    sentences: [{ text: 'A backup controller lists Secrets at night.', role: 'behaviour' }],
    occurrences: [
      { rule: 'elastic:secrets', origin: 'field', ordinal: 0, line: 18 },
      {
        rule: 'splunk:counted',
        origin: 'field',
        ordinal: 0,
        text: 'A backup controller lists secrets at night.',
        line: 9,
      },
    ],
    origins: ['field'],
    sources: ['elastic', 'splunk'],
    rules: ['elastic:secrets', 'splunk:counted'],
    techniques: ['T1552.007'],
    tactics: ['credential-access', 'execution'],
    data: ['kubernetes'],
    severities: ['high'],
    actors: ['backup', 'operator'],
    families: ['backup-or-migration'],
    fields: [],
    deprecated: false,
    behaviours: ['BP-0001'],
    aliases: [],
    history: [],
  });
});

test('a rule has its licence, its place, its techniques by name, and where its query excludes what', () => {
  const found = lookUp(catalogue, 'shell in a pod');
  assert.ok(found?.kind === 'rule');
  const { rule } = found;
  const { key, license, url, techniques, exclusions, quality, set } = rule;
  assert.deepEqual(
    { key, license, url, techniques, quality, set },
    {
      key: 'elastic:exec',
      license: 'Elastic-2.0',
      url: 'https://github.com/elastic/detection-rules/blob/main/rules/kubernetes/exec.toml',
      techniques: [{ id: 'T1609', name: 'Container Administration Command', tactics: ['execution'] }],
      quality: 'executable',
      set: 'rules',
    },
  );
  assert.deepEqual(
    exclusions.map(({ start, end, statement }) => [rule.logic.slice(start, end), statement]),
    [
      [
        'not user.name:"system:serviceaccount:ci:runner"',
        titled(catalogue, 'user.name is system:serviceaccount:ci:runner').id,
      ],
    ],
  );
  assert.deepEqual(found.statements.map(({ id }) => id).toSorted(), [...rule.statements].toSorted());
});

test('the counts say what was found, and that nothing was lost', () => {
  const { lofp, live, all } = catalogue.counts;
  assert.deepEqual(lofp, {
    rules: 4,
    deprecated: 1,
    rules_with_field: 4,
    occurrences: 5,
    distinct: 4,
    distinct_lofp: 4,
    informative: 3,
    junk: 1,
    junk_occurrences: 1,
    junk_rules: 0,
    lost: 0,
    subtechniques: 1,
    guide_bullets: 1,
    guide_bullets_ai: 1,
    guide_bullets_plain: 1,
    guide_bullets_plain_ai: 1,
    exclusions: 1,
    rules_with_exclusions: 1,
    named_filters: 1,
    known_list: 0,
  });
  assert.deepEqual([live.rules, all.rules], [3, 4]);
});

test('quality by source and team', () => {
  assert.deepEqual(
    qualityRows(catalogue).map(({ source, team, rules, quality, documented }) => ({
      source,
      team,
      rules,
      quality,
      documented,
    })),
    [
      {
        source: 'elastic',
        team: '',
        rules: 2,
        quality: { none: 0, junk: 0, guide: 0, text: 1, executable: 1 },
        documented: 1,
      },
      {
        source: 'sigma',
        team: '',
        rules: 1,
        quality: { none: 0, junk: 0, guide: 0, text: 0, executable: 1 },
        documented: 1,
      },
      {
        source: 'splunk',
        team: '',
        rules: 1,
        quality: { none: 0, junk: 0, guide: 0, text: 1, executable: 0 },
        documented: 1,
      },
    ],
  );
});

test('the order of the checkouts does not count, and a second run gives the same bytes', async () => {
  const first = (await catalogueOf()).catalogue;
  const reversed = Object.fromEntries(Object.entries(checkouts).toReversed());
  const again = (await catalogueOf(reversed)).catalogue;
  assert.equal(printCatalogue(again), printCatalogue(first));
  const second = (await catalogueOf(checkouts, { past: JSON.parse(printCatalogue(first)) as Catalogue }))
    .catalogue;
  assert.equal(printCatalogue(second), printCatalogue(first));
});

test('a newer checkout gives a feed of what is new, changed and gone', async () => {
  const past = catalogue;
  const newer = {
    ...checkouts,
    elastic: {
      'rules/kubernetes/exec.toml': execRule
        .replace('debug their own applications', 'debug all their own applications')
        .replace('2026/03/04', '2026/05/06')
        .replace(' and not user.name:"system:serviceaccount:ci:runner"', ''),
      'rules/kubernetes/secrets.toml': secretsRule.replace('"Unknown"', '"Policy engines watch Secrets."'),
    },
  };
  const { catalogue: next } = await catalogueOf(newer, { past });
  assert.equal(next.as_of, '2026-05-06');
  assert.deepEqual(
    next.changes
      .map(({ at, kind, title }) => [at, kind, title])
      .toSorted((a, b) => ((a[1] ?? '') < (b[1] ?? '') ? -1 : 1)),
    [
      ['2026-05-06', 'changed', 'Developers exec into pods to debug all their own applications'],
      ['2026-05-06', 'gone', 'user.name is system:serviceaccount:ci:runner'],
      ['2026-05-06', 'new', 'Policy engines watch Secrets'],
    ],
  );
  const gone = lookUp(next, titled(past, 'user.name is system:serviceaccount:ci:runner').id);
  assert.equal(gone?.kind, 'tombstone');
});

test('a rule set that is missing this time, and a rule that is there twice, are said', async () => {
  const { elastic = {} } = checkouts;
  const without = await catalogueOf({ elastic }, { past: catalogue });
  assert.deepEqual(
    without.diagnostics.map(({ code, message }) => [code, message]),
    [
      ['CAT009', 'the last catalogue also had rules of sigma'],
      ['CAT009', 'the last catalogue also had rules of splunk'],
    ],
  );
  const twice = await catalogueOf({ elastic, copy: { 'rules/other/exec.toml': execRule } });
  assert.deepEqual(
    twice.diagnostics.map(({ code }) => code),
    ['CAT004'],
  );
  assert.deepEqual(
    twice.catalogue.rules.map(({ key }) => key),
    ['elastic:exec', 'elastic:secrets', 'elastic:rules/other/exec.toml'],
  );
});
test('filters and lists join the rules that they name, and are said when there is none', async () => {
  const { sigma = {} } = checkouts;
  const list = {
    '.github/workflows/known-FPs.csv':
      'RuleId;RuleName;MatchString\nstop;Service stopped;.*apt.*\nother;Other;x\n',
  };
  const { catalogue: joined, diagnostics } = await catalogueOf({ sigma: { ...sigma, ...list } });
  assert.deepEqual(
    joined.statements
      .filter(({ origins }) => origins.includes('known-fp-list'))
      .map(({ text, rules }) => [text, rules]),
    [['.*apt.*', ['sigma:stop']]],
  );
  assert.equal(joined.counts.all.known_list, 1);
  assert.deepEqual(
    diagnostics.map(({ code, message }) => [code, message]),
    [['CAT010', 'what is said of rules that are not here was left out (1): other']],
  );
});

test('rules link to their publisher where it is known which file they are', async () => {
  const { 'rules/kubernetes/exec.toml': exec = '' } = checkouts['elastic'] ?? {};
  const urlIn = async (folder: string, file: string): Promise<string | undefined> => {
    const built = await catalogueOf({ [folder]: { [file]: exec } });
    return built.catalogue.rules[0]?.url;
  };
  const url = 'https://github.com/elastic/detection-rules/blob/main/rules/kubernetes/exec.toml';
  assert.equal(await urlIn('elastic', 'rules/kubernetes/exec.toml'), url);
  assert.equal(await urlIn('elastic/rules/kubernetes', 'exec.toml'), url);
  assert.equal(await urlIn('copies', 'exec.toml'), undefined);
});
