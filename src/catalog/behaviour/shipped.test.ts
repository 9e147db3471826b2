/** The behaviours under `content/behaviours`: all load, their profiles say what they say, and no attack hides behind one. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertGolden } from '../../../tests/support/golden.ts';
import { AUTO, readBytes } from '../../../tests/support/ingest.ts';
import { writeSample } from '../../app/demo.ts';
import { rulesFor } from '../../app/rules.ts';
import { scan } from '../../app/scan.ts';
import { picture } from '../../base/diagnostic.ts';
import type { JsonObject } from '../../data/document.ts';
import { valuesAt } from '../../data/document.ts';
import { readInputs } from '../../ingest/index.ts';
import type { Alert } from '../../model/alert.ts';
import type { Fit } from '../../model/benign.ts';
import type { Origin } from '../../model/event.ts';
import type { RuleFilter } from '../../rules/load/select.ts';
import { ExplainedTally } from '../../engine/tally/explained.ts';
import { makeSample } from '../../sample/index.ts';
import { ATTACK_POD, ATTACKER_ADDRESS, attackRequests } from '../../sample/story.ts';
import { parseRuleTests } from '../../verify/test-file.ts';
import { isNamed } from '../attack/attack.ts';
import type { GatherableStatement } from './gather.ts';
import { gatherer } from './gather.ts';
import { loadBehaviours } from './load.ts';
import { ProfileMatcher, profileMatches } from './match.ts';
import type { Behaviour, ProfileCase } from './model.ts';

const folder = fileURLToPath(new URL('../../../content/behaviours/', import.meta.url));
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.toml'))
  .sort()
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const { behaviours, diagnostics } = loadBehaviours(files);
const profiled = behaviours.filter(({ profile }) => profile !== undefined);

test('every behaviour loads without a word', () => {
  assert.deepEqual(
    diagnostics.map((found) => picture(found)),
    [],
  );
  assert.equal(behaviours.length, files.length);
  assert.deepEqual(
    behaviours.map(({ id, file }) => file.slice(0, id.length) === id),
    behaviours.map(() => true),
  );
});

test('there are enough of them, Kubernetes and containers first', () => {
  const inCluster = ({ dataSources }: Behaviour): boolean =>
    dataSources.some((source) => source === 'kubernetes' || source === 'container');
  assert.ok(behaviours.length >= 70, `${behaviours.length} behaviours`);
  assert.ok(behaviours.filter(inCluster).length >= 40);
  assert.ok(profiled.length >= 50, `${profiled.length} profiles`);
  assert.ok(profiled.filter(inCluster).length >= 35);
});

test('no two behaviours share a title', () => {
  assert.equal(new Set(behaviours.map(({ title }) => title)).size, behaviours.length);
});

/** The event as a scan would see it; a record that a scan refuses can show nothing. */
function documentOf({ name, record }: ProfileCase): JsonObject {
  const { events } = readBytes(`${JSON.stringify(record)}\n`);
  const [event] = events;
  assert.ok(event !== undefined && events.length === 1, `not read as one event: ${name}`);
  return event.document;
}

/** What a case comes to in both evaluators, which must agree. */
function explains(behaviour: Behaviour, one: ProfileCase, matcher: ProfileMatcher): boolean {
  const document = documentOf(one);
  const interpreted = profileMatches([behaviour], document, 0);
  assert.deepEqual(matcher.match(document, 0), interpreted, `${behaviour.id}: ${one.name}`);
  return interpreted.length > 0;
}

for (const behaviour of profiled) {
  test(`${behaviour.id} explains its own events and none of those that look alike`, () => {
    const matcher = new ProfileMatcher([behaviour]);
    const wrong = (cases: readonly ProfileCase[], wanted: boolean): string[] =>
      cases.filter((one) => explains(behaviour, one, matcher) !== wanted).map(({ name }) => name);
    const { matches = [], differs = [] } = behaviour.profile ?? {};
    assert.deepEqual(
      { matches: wrong(matches, true), differs: wrong(differs, false) },
      { matches: [], differs: [] },
    );
  });
}

test('grades and the fields behind them stay what they are', () => {
  const lines = profiled.map(({ id, title, profile }) => {
    const fields = profile?.restsOn.map(({ field, grade }) => `    ${grade} ${field}\n`) ?? [];
    return `${id} ${profile?.grade} ${title}\n${fields.join('')}`;
  });
  assertGolden('catalogue/grades.txt', lines.join(''));
});

test('no event that our own rules must find is explained by what the platform asserts', () => {
  const folder = fileURLToPath(new URL('../../../content/rules/', import.meta.url));
  const matcher = new ProfileMatcher(behaviours);
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tests.toml'),
  );
  const cases = tests.flatMap((file) => {
    const parsed = parseRuleTests(file, readFileSync(join(folder, file), 'utf8'));
    return parsed.ok ? parsed.value.cases.filter(({ expects }) => expects === 'fires') : [];
  });
  const explained = cases.flatMap(({ name, records }) =>
    readBytes(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
      .events.flatMap(({ document }) => matcher.match(document, 0))
      .filter(({ grade }) => grade === 'A' || grade === 'B')
      .map(({ behaviour }) => `${behaviour}: ${name}`),
  );
  assert.ok(cases.length > 200, `${cases.length} cases`);
  assert.deepEqual(explained, []);
});

test('every technique is one that ATT&CK has', () => {
  const unknown = behaviours.flatMap(({ id, techniques }) =>
    techniques.filter((technique) => !isNamed(technique)).map((technique) => `${id}: ${technique}`),
  );
  assert.deepEqual(unknown, []);
});

test('most false positives that our own rules tell are gathered by a behaviour', async (t) => {
  const { rules } = await rulesFor([], everyRule);
  const gather = gatherer(behaviours);
  const gathered = rules.flatMap(({ file, document: { rule } }) =>
    (rule.false_positives ?? []).map((text) => gather({ text, ...aboutRule(file, rule.rule_id) }).length > 0),
  );
  const share = gathered.filter(Boolean).length / gathered.length;
  t.diagnostic(`${gathered.filter(Boolean).length} of ${gathered.length} statements are gathered`);
  assert.ok(share > 0.7, `${share}`);
});

const everyRule: RuleFilter = { rules: [], tags: [], deprecated: false, buildingBlocks: true };

const aboutRule = (file: string, rule: string): Omit<GatherableStatement, 'text'> => ({
  rules: [rule],
  techniques: [],
  dataSources: [file.includes('/container/') ? 'container' : 'kubernetes'],
});

const place = ({ file, line }: Origin): string => `${file}:${line}`;

/** The sample day: every event by its place, and the alerts of the shipped rules. */
async function sampleDay(day: string) {
  await writeSample(day);
  const events = new Map<string, JsonObject>();
  for await (const batch of readInputs([day], AUTO))
    for (const { document, origin } of batch.events) events.set(place(origin), document);
  const alerts: Alert[] = [];
  const options = {
    inputs: [day],
    ingest: AUTO,
    rules: [],
    filter: everyRule,
    ignoreIndex: false,
  };
  await scan(options, { alert: (alert) => alerts.push(alert) }, new AbortController().signal);
  return { events, alerts };
}

const isAttack = (document: JsonObject): boolean => {
  const text = JSON.stringify(document);
  return [ATTACKER_ADDRESS, ATTACK_POD.name].some((trace) => text.includes(trace)) || byStolenNode(document);
};

/** The one request of the attack that comes from inside: the kubelet's credentials in the hands of another program. */
const byStolenNode = (document: JsonObject): boolean =>
  valuesAt(document, 'user.name').includes('system:node:node-b1') &&
  valuesAt(document, 'user_agent.original').some((agent) => String(agent).startsWith('curl/'));

test('on the sample day profiles explain most alerts, and no event of the attack', async (t) => {
  const day = mkdtempSync(join(tmpdir(), 'winnow-day-'));
  t.after(() => rmSync(day, { recursive: true }));
  const { events, alerts } = await sampleDay(day);
  const matcher = new ProfileMatcher(behaviours);
  const explained = (document: JsonObject): Fit[] => matcher.match(document, 0);

  const attacks = [...events.values()].filter(isAttack);
  assert.ok(attacks.length >= attackRequests().length, `${attacks.length} events of the attack`);
  const hidden = attacks.flatMap((document) =>
    explained(document).map(
      ({ behaviour, grade }) => `${behaviour} ${grade}: ${JSON.stringify(document).slice(0, 900)}`,
    ),
  );
  assert.deepEqual(hidden, []);

  const all = new ExplainedTally();
  const benign = new ExplainedTally();
  for (const { sources } of alerts) {
    const [first] = sources;
    const document = first === undefined ? undefined : events.get(place(first));
    assert.ok(document !== undefined);
    all.take(explained(document));
    if (!isAttack(document)) benign.take(explained(document));
  }
  t.diagnostic(`alerts: ${JSON.stringify(all.share())}`);
  t.diagnostic(`alerts that are not the attack's: ${JSON.stringify(benign.share())}`);
  assert.ok(all.share().explained / all.share().total > 0.5);
  assert.ok(benign.share().explained / benign.share().total > 0.95);
});

test('both evaluators explain every event of the sample day alike', () => {
  const { audit, containers } = makeSample();
  const lines = [...audit.filter((_, n) => n % 7 === 0), ...containers];
  const { events } = readBytes(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const matcher = new ProfileMatcher(behaviours);
  let explained = 0;
  for (const { document } of events) {
    const found = matcher.match(document, 0);
    assert.deepEqual(found, profileMatches(behaviours, document, 0));
    if (found.length > 0) explained++;
  }
  assert.ok(explained > events.length / 2, `${explained} of ${events.length}`);
  assert.equal(matcher.undecided, 0);
});
