import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GatherableStatement, Gathering } from './gather.ts';
import { gatherer, phraseMistake } from './gather.ts';
import type { Behaviour } from './model.ts';

const behaviour = (gathers: Partial<Gathering>, id = 'BP-0001'): Behaviour => ({
  id,
  title: 'A title',
  summary: '',
  looksLike: '',
  tellApart: [],
  hiding: '',
  actor: 'backup',
  families: ['automation'],
  techniques: [],
  dataSources: ['kubernetes', 'linux'],
  gathers: { phrases: [], without: [], techniques: [], rules: [], ...gathers },
  file: 'a.toml',
});

const statement = (text: string, rest: Partial<GatherableStatement> = {}): GatherableStatement => ({
  text,
  rules: ['r1'],
  techniques: ['T1552.007'],
  dataSources: ['kubernetes'],
  ...rest,
});

const takes = (gathers: Partial<Gathering>, one: GatherableStatement): boolean =>
  gatherer([behaviour(gathers)])(one).length === 1;

test('a phrase is words side by side, whatever their case and the punctuation between them', () => {
  const gathers = { phrases: ['kube-state-metrics'] };
  assert.equal(takes(gathers, statement('Exporters (Kube State-Metrics) list all.')), true);
  assert.equal(takes(gathers, statement('metrics of the kube state')), false);
  assert.equal(takes(gathers, statement('kube-state-metricsx')), false);
});

test('a star stands for the rest of a word, a plus for another part anywhere', () => {
  const gathers = { phrases: ['backup* + secret*'] };
  assert.equal(takes(gathers, statement('Secrets are read by backups.')), true);
  assert.equal(takes(gathers, statement('Backups are made.')), false);
  assert.equal(takes(gathers, statement('A mybackup reads secrets.')), false);
});

test('exclusions, data sources and techniques narrow what phrases find', () => {
  const phrases = ['velero'];
  assert.equal(takes({ phrases, without: ['attacker*'] }, statement('velero, or attackers')), false);
  assert.equal(takes({ phrases }, statement('velero', { dataSources: ['windows'] })), false);
  assert.equal(takes({ phrases, techniques: ['T1552'] }, statement('velero')), true);
  assert.equal(takes({ phrases, techniques: ['T155'] }, statement('velero')), false);
});

test('a rule that is named brings all of its statements', () => {
  assert.equal(takes({ rules: ['r1'] }, statement('anything', { dataSources: [] })), true);
  assert.equal(takes({ rules: ['r2'] }, statement('anything')), false);
});

test('a statement is gathered by every behaviour that it fits, in their order', () => {
  const gather = gatherer([
    behaviour({ phrases: ['backup*'] }, 'BP-0002'),
    behaviour({ phrases: ['nothing'] }, 'BP-0003'),
    behaviour({ phrases: ['tool'] }, 'BP-0004'),
  ]);
  assert.deepEqual(gather(statement('a backup tool')), ['BP-0002', 'BP-0004']);
});

test('what is no phrase is told', () => {
  assert.equal(phraseMistake('argo cd + sync*'), undefined);
  assert.equal(phraseMistake('a + '), 'words on both sides of every "+"');
  assert.equal(phraseMistake('a* b'), '"*" at the end of a part only');
});
