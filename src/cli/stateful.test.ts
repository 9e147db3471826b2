/** Rules with memory, from files to text, through the command line and everything below it. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runWith } from '../../tests/support/cli.ts';
import { assertGolden } from '../../tests/support/golden.ts';
import { writeStateful } from '../../tests/support/stateful.ts';
import { ruleText } from '../verify/timeline/section-text.ts';
import { ExitCode } from './exit.ts';
import { services } from './services.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-stateful-'));
after(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const rule = (id: string, toml: string): string =>
  write(`${id}.toml`, ruleText({ name: id, body: toml, line: 1 }).text);

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 3, 10, minute)).toISOString();

const log = (name: string, ...documents: readonly object[]): string =>
  write(name, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));

/** Wide, so that no line breaks where the name of the folder says. */
const winnow = (...words: readonly string[]) => runWith(words, { services, environment: { COLUMNS: '400' } });

/** The alert documents of a scan. */
async function alertsOf(...words: readonly string[]): Promise<Record<string, unknown>[]> {
  const { stdout, stderr, code } = await winnow('scan', '--ignore-index', ...words, '-o', 'ndjson');
  assert.ok(code === ExitCode.findings || code === ExitCode.nothingFound, stderr);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const summaryOf = async (...words: readonly string[]): Promise<string> =>
  (await winnow('scan', '--ignore-index', ...words, '-o', 'ndjson')).stderr;

/** Without the places of this machine. */
const neutral = (text: string): string => text.replaceAll(folder, 'FOLDER');

const step = (minute: number, action: string, user = 'eve') => ({
  '@timestamp': at(minute),
  event: { action, id: `${minute}${action}${user}` },
  user: { name: user },
});

test('a sequence over two files is found whatever their order', async () => {
  const path = rule(
    'ordered',
    `type = "eql"\nquery = 'sequence by user.name with maxspan=5m [any where event.action == "a"] [any where event.action == "b"]'`,
  );
  const [one, two] = [log('one.log', step(1, 'a'), step(9, 'a')), log('two.log', step(2, 'b'), step(8, 'b'))];
  const whole = (alerts: readonly Record<string, unknown>[]) =>
    alerts.filter((alert) => alert['kibana.alert.building_block_type'] === undefined);
  const alerts = await alertsOf('-r', path, one, two);
  assert.equal(whole(alerts).length, 1);
  assert.deepEqual(await alertsOf('-r', path, two, one), alerts);
});

test('indicators come as documents, as a table, and as the index that they stand for', async () => {
  const path = rule(
    'bad-address',
    `type = "threat_match"
query = 'source.ip: *'
threat_index = ["ti-good-*"]
threat_query = 'threat.indicator.type: *'
threat_language = "kuery"
threat_mapping = [{ entries = [{ field = "source.ip", type = "mapping", value = "threat.indicator.ip" }] }]`,
  );
  const events = log(
    'addresses.log',
    ...['198.51.100.1', '203.0.113.9', '192.0.2.7'].map((ip, i) => ({ ...step(i, 'x'), source: { ip } })),
  );
  const documents = log('feed.ndjson', { threat: { indicator: { type: 'ip', ip: '203.0.113.0/24' } } });
  const table = write(
    'feed.csv',
    'threat.indicator.ip,threat.indicator.type,threat.feed.name\n192.0.2.7,ip,"A ""feed"", of many"\n,ip,\n',
  );
  const found = async (...words: readonly string[]) =>
    (await alertsOf('-r', path, events, ...words)).map(
      (alert) => (alert['source'] as { readonly ip: string }).ip,
    );
  assert.deepEqual(await found('--indicators', documents, '--indicators', table), [
    '203.0.113.9',
    '192.0.2.7',
  ]);
  assert.deepEqual(await found('--indicators', `ti-good-1=${documents}`, '--indicators', `ti-bad=${table}`), [
    '203.0.113.9',
  ]);
  const [alert = {}] = await alertsOf('-r', path, events, '--indicators', `ti-good-1=${table}`);
  const [enrichment] = alert['threat.enrichments'] as {
    readonly feed: object;
    readonly indicator: object;
  }[];
  assert.deepEqual(
    [enrichment?.feed, enrichment?.indicator],
    [{ name: 'A "feed", of many' }, { ip: '192.0.2.7', type: 'ip' }],
  );
  assert.match(await summaryOf('-r', path, events), /1 × no indicators given/);
  assert.match(await summaryOf('-r', path, events, '--indicators', table), /indicators: 2 from 1 file/);
});

test('explain says which indicator fits an event, or by which values they are looked for', async () => {
  const path = rule(
    'bad-peer',
    `type = "threat_match"
query = 'source.ip: *'
threat_index = ["ti-*"]
threat_query = '*:*'
threat_language = "kuery"
threat_mapping = [{ entries = [{ field = "source.ip", type = "mapping", value = "threat.indicator.ip" }] }]`,
  );
  const events = log(
    'peers.log',
    ...['198.51.100.1', '192.0.2.7'].map((ip, i) => ({ ...step(i, 'x'), source: { ip } })),
  );
  const table = write('peers.csv', 'threat.indicator.ip,threat.feed.name\n192.0.2.7,Ours\n');
  const words = ['explain', '-r', path, '--rule', 'bad-peer', '--indicators', table];
  const near = await winnow(...words, events);
  assert.match(near.stdout, /2 events read; the rule fires for 1 of those looked at/);
  assert.match(
    near.stdout,
    /No indicator fits, of 1 indicator given: .* source\.ip, which is "198\.51\.100\.1"\./,
  );
  const one = await winnow(...words, `${events}:2`);
  assert.match(one.stdout, /^An indicator fits source\.ip "192\.0\.2\.7": \S+ of Ours\.$/m);
  const { explained } = JSON.parse((await winnow(...words, '-o', 'json', `${events}:1`)).stdout) as {
    readonly explained: readonly { matches: boolean; indicators: number; enrichments: readonly object[] }[];
  };
  assert.deepEqual(
    explained.map(({ matches, indicators, enrichments }) => [matches, indicators, enrichments]),
    [[false, 1, []]],
  );
});

test('explain reads anomalies as a scan does', async () => {
  const path = rule(
    'odd',
    `type = "machine_learning"\nanomaly_threshold = 50\nmachine_learning_job_id = ["odd"]`,
  );
  const record = { job_id: 'odd', result_type: 'record', is_interim: false, timestamp: Date.parse(at(2)) };
  const anomalies = log('odd.ndjson', { ...record, record_score: 20 });
  const events = log('odd.log', step(1, 'a'));
  const words = ['explain', '-r', path, '--rule', 'odd', '--anomalies', anomalies, '--nearest', '1'];
  const { stdout } = await winnow(...words, events);
  assert.match(neutral(stdout), /2 events read; the rule fires for none/);
  assert.match(neutral(stdout), /^FOLDER\/odd\.ndjson:1, /m);
  assert.match(stdout, /record_score.*20/);
  // A place is one of the log, not the same line of the anomalies.
  assert.match(neutral((await winnow(...words, `${events}:1`)).stdout), /^FOLDER\/odd\.log:1, /m);
});

test('a sequence over alerts is followed, in both modes', async () => {
  const opened = rule('opened-it', `query = 'event.action: open'`);
  const over = rule(
    'twice',
    `type = "eql"
index = [".alerts-security.*"]
from = "now-30m"
query = 'sequence by user.name [any where kibana.alert.rule.name == "opened-it"] [any where event.action == "close"]'`,
  );
  const events = log('twice.log', step(1, 'open'), step(2, 'close'), step(20, 'other'));
  const words = ['explain', '-r', opened, '-r', over, '--rule', 'twice', '--key', 'eve', events];
  for (const mode of ['stream', 'compat']) {
    const { stdout, code } = await winnow(...words, '--mode', mode);
    assert.equal(code, 0);
    assert.match(stdout, /4 events read/, mode);
    assert.match(stdout, /^eve: waits for step 2 of 2/m, mode);
  }
  const single = await winnow('explain', '-r', over, '--rule', 'twice', `${events}:1`);
  assert.match(single.stderr, /RUN002.*\n[^]*winnow explain --key VALUE/);
});

test('a query over alerts is followed from the alerts of the other rules', async () => {
  const opened = rule('opened-again', `query = 'event.action: open'`);
  const over = rule(
    'counted',
    `type = "esql"
language = "esql"
from = "now-30m"
query = 'FROM .alerts-security.* | STATS n = COUNT(*) BY kibana.alert.rule.name | WHERE n > 1'`,
  );
  const events = log('counted.log', step(1, 'open'), step(2, 'open'), step(3, 'close'));
  const words = ['explain', '-r', over, '--rule', 'counted'];
  const { stdout } = await winnow(...words, '-r', opened, `${events}:2`);
  assert.match(stdout, /5 events read, 2 of them alerts of 1 other rule; the run of .* reads 2,/);
  assert.match(neutral(stdout), /^FOLDER\/counted\.log:2, .*: the alert of "opened-again"$/m);
  assert.match(stdout, /^It came through: 1 row of the result\.$/m);
  const alone = await winnow(...words, `${events}:2`);
  assert.match(alone.stdout, /The rule reads alerts, and no other rule runs that makes any: --rules names/);
});

test('machine learning rules run over anomalies that are given, and are listed as not runnable without', async () => {
  const path = rule(
    'anomalies',
    `type = "machine_learning"\nanomaly_threshold = 50\nmachine_learning_job_id = ["rare"]`,
  );
  const events = log('ml.log', step(1, 'a'));
  const record = { job_id: 'rare', result_type: 'record', is_interim: false, timestamp: Date.parse(at(2)) };
  const anomalies = log(
    'anomalies.ndjson',
    { ...record, record_score: 90 },
    { ...record, record_score: 20 },
    { ...record, record_score: 70, job_id: 'other' },
  );
  const alerts = await alertsOf('-r', path, events, '--anomalies', anomalies);
  assert.deepEqual(
    alerts.map((alert) => [alert['record_score'], alert['@timestamp']]),
    [[90, at(2)]],
  );
  assert.match(await summaryOf('-r', path, events), /1 × type:machine_learning/);
});

const distinct = rule(
  'distinct',
  `type = "threshold"
query = 'event.action: fail'
from = "now-10m"
threshold = { field = ["user.name"], value = 3 }`,
);

test('a threshold counts over files, and what it counted is told for a key', async () => {
  const fails = log(
    'fails.log',
    ...[1, 2, 3, 4, 5].map((minute) => step(minute, 'fail')),
    step(5, 'fail', 'bob'),
  );
  const [alert = {}, ...others] = await alertsOf('-r', distinct, fails);
  assert.deepEqual(others, []);
  assert.equal((alert['kibana.alert.threshold_result'] as { count: number }).count, 3);
  const { stdout } = await winnow('explain', '-r', distinct, '--rule', 'distinct', '--key', 'eve', fails);
  assertGolden('cli/explain/threshold.text', neutral(stdout));
});

test('what every kind of rule remembers, as text and as JSON', async () => {
  const { inputs, rules } = writeStateful(folder, 120);
  const words = [
    'explain',
    '-r',
    String(rules[0]),
    ...['sequence', 'absence', 'terms', 'suppressed'].flatMap((id) => ['--rule', id]),
  ];
  const text = await winnow(...words, '--key', '*', ...inputs);
  assertGolden('cli/explain/state.text', neutral(text.stdout));
  const json = await winnow(...words, '--key', 'user-1', '-o', 'json', ...inputs);
  assertGolden('cli/explain/state.json', neutral(json.stdout));
  const none = await winnow('explain', '-r', String(rules[0]), '--rule', 'single', '--key', 'x', ...inputs);
  assert.deepEqual([none.code, none.stdout], [ExitCode.badInput, '']);
  assert.match(none.stderr, /RUN005: "single" remembers nothing: it decides each event by itself/);
});

test('what excepted the alerts of a rule without memory is told for a key', async () => {
  const path = rule('opened', `query = 'event.action: open'`);
  const exceptions = write(
    'opened.yaml',
    'exceptions:\n  - name: Eve may\n    owner: me\n    reason: she may\n    rules: all\n    when: { user.name: eve }\n',
  );
  const opens = log('opens.log', step(1, 'open'), step(2, 'open', 'bob'));
  const words = ['explain', '-r', path, '--rule', 'opened', '--exceptions', exceptions, '--key', 'eve'];
  assertGolden('cli/explain/excepted.text', neutral((await winnow(...words, opens)).stdout));
});

test('a match of a rule that asks for more than its query is not called an alert', async () => {
  const fails = log('one-fail.log', step(1, 'fail'));
  const { stdout } = await winnow('explain', '-r', distinct, '--rule', 'distinct', `${fails}:1`);
  assert.match(stdout, /1 event read; the rule's query holds for 1 of those looked at\n/);
  assert.match(stdout, /^Such an event is counted, and is no alert by itself: --key VALUE/m);
});

test('history teaches new terms rules', async () => {
  const path = rule(
    'first-seen',
    `type = "new_terms"
query = 'event.action: *'
from = "now-5m"
new_terms.field = "new_terms_fields"
new_terms.value = ["user.name"]
new_terms.history_window_start = [{ field = "history_window_start", value = "now-1h" }]`,
  );
  const today = log('today.log', step(58, 'a', 'eve'), step(59, 'a', 'bob'));
  const before = log(
    'before.log',
    { ...step(0, 'a', 'eve'), '@timestamp': '2026-03-03T09:50:00.000Z' },
    step(20, 'a', 'eve'),
  );
  const users = (alerts: readonly Record<string, unknown>[]) =>
    alerts.map((alert) => (alert['user'] as { readonly name: string }).name);
  assert.deepEqual(users(await alertsOf('-r', path, today)), []);
  assert.match(
    await summaryOf('-r', path, today),
    /first-seen: learning until 2026-03-03 11:58:00 UTC, 2 held back/,
  );
  assert.deepEqual(users(await alertsOf('-r', path, today, '--history', before)), ['bob']);
});

test('a scan goes on where the one before ended, and --finish decides what waits', async () => {
  const path = rule(
    'missing',
    `type = "eql"\nquery = 'sequence by user.name with maxspan=5m [any where event.action == "a"] ![any where event.action == "b"]'`,
  );
  const state = join(folder, 'go-on.db');
  const file = log('grows.log', step(1, 'fail'), step(2, 'fail'), step(2, 'a'));
  const scan = (...words: readonly string[]) =>
    alertsOf('-r', path, '-r', distinct, '--state', state, file, ...words);
  const names = (alerts: readonly Record<string, unknown>[]) =>
    alerts.map((alert) => alert['kibana.alert.rule.name']);
  assert.deepEqual(names(await scan()), []);
  writeFileSync(
    file,
    `${readFileSync(file, 'utf8')}${JSON.stringify(step(3, 'fail'))}\n${JSON.stringify(step(5, 'x'))}\n`,
  );
  assert.deepEqual(names(await scan()), ['distinct']);
  assert.match(
    await summaryOf('-r', path, '-r', distinct, '--state', state, file),
    /5 events taken by earlier runs/,
  );
  assert.deepEqual(new Set(names(await scan('--finish'))), new Set(['missing']));
  assert.deepEqual(names(await scan('--finish')), []);
  const other = await winnow('scan', '-r', path, '--state', state, '--mode', 'compat', file);
  assert.equal(other.code, ExitCode.badInput);
  assert.match(other.stderr, /RUN004: it was made with mode stream, not compat/);
});

test('--alerts writes what ndjson writes, whatever the output is, and goes on with --state', async () => {
  const path = rule('every', `query = 'event.action: a'`);
  const [file, state] = [join(folder, 'every.ndjson'), join(folder, 'every.db')];
  const grows = (minutes: number): string =>
    log('every.log', ...Array.from({ length: minutes }, (_, minute) => step(minute, 'a')));
  const scan = (...words: readonly string[]) =>
    winnow('scan', '--ignore-index', '-r', path, '--alerts', file, ...words, join(folder, 'every.log'));
  grows(2);
  const { stdout } = await scan('-o', 'ndjson');
  assert.equal(stdout.split('\n').length, 3);
  assert.equal(readFileSync(file, 'utf8'), stdout);
  rmSync(file);
  await scan('-o', 'table', '--state', state);
  assert.equal(readFileSync(file, 'utf8'), stdout);
  grows(3);
  const more = await scan('-o', 'ndjson', '--state', state);
  assert.equal(readFileSync(file, 'utf8'), `${stdout}${more.stdout}`);

  rmSync(file);
  grows(4);
  const gone = await scan('-o', 'ndjson', '--state', state);
  assert.match(gone.stderr, /the file of alerts was gone: it begins anew, with what this scan found\n/);
  assert.equal(readFileSync(file, 'utf8'), gone.stdout);
  writeFileSync(file, 'mine');
  const refused = await scan('--state', state);
  assert.equal(refused.code, ExitCode.badInput);
  assert.match(
    neutral(refused.stderr),
    /FOLDER\/every.ndjson: error RUN013: \d+ bytes were written, and it has 4\n/,
  );
  const same = await scan('--state', file);
  assert.equal(same.code, ExitCode.usage);
  assert.match(same.stderr, /--alerts and --state name the same file/);
});

test('rules whose alerts differ between the modes are named with an example', async () => {
  const counts = log('counts.log', ...[1, 2, 3, 4].map((minute) => step(minute, 'fail')), step(30, 'x'));
  const plain = rule('same', `query = 'event.action: x'`);
  const text = await summaryOf('-r', distinct, '-r', plain, counts, '--compare-modes');
  assert.match(text, /rules that find something else in the other mode: 1\n/);
  assert.match(text, /distinct: stream 1, compat 1\n/);
  assert.match(text, /only in stream: 1, such as 2026-03-03 10:03:00 3 events/);
  assert.match(text, /only in compat: 1, such as/);
});

test('an exception that nothing needed for 90 days is told, over several scans', async () => {
  const rules = rule('excepted', `query = 'event.action: a'`);
  const exceptions = write(
    'unused.yaml',
    'exceptions:\n  - { name: A probe, owner: us, reason: It probes., rules: all, when: { user.name: probe } }\n',
  );
  const on = (day: number, n: number) => ({
    '@timestamp': new Date(Date.UTC(2026, 0, 1 + day, 0, 0, n)).toISOString(),
    event: { action: 'b' },
  });
  const scan = async (day: number) => {
    // One event alone does not move the time so far ahead.
    const events = log(`day-${day}.ndjson`, on(day, 0), on(day, 1), on(day, 2));
    const state = join(folder, 'unused.db');
    return winnow('scan', events, '-r', rules, '--exceptions', exceptions, '--state', state, '-o', 'ndjson');
  };
  assert.match((await scan(0)).stderr, /^ +exceptions that hit nothing: A probe$/m);
  assert.match((await scan(91)).stderr, /^ +unused for 90 days or more: A probe \(since 2026-01-01\)$/m);
});

const corpus = fileURLToPath(new URL('../../../shared/corpus/elastic', import.meta.url));
const skip = existsSync(corpus) ? false : 'no checkout of Elastic’s rules at ../shared/corpus/elastic';

test('of Elastic’s rules, those of every type but ES|QL and machine learning run', { skip }, async () => {
  const words = ['rules', 'list', corpus, '--deprecated', '--building-blocks', '-o', 'ndjson'];
  const { stdout } = await winnow(...words);
  const rules = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<'type' | 'reason', string> & { readonly runnable: boolean });
  const runnable = rules.filter((one) => one.runnable && one.type !== 'esql');
  const byType = Map.groupBy(runnable, ({ type }) => type);
  assert.deepEqual(Object.fromEntries([...byType].map(([type, of]) => [type, of.length])), {
    query: 508,
    eql: 1081,
    threshold: 31,
    new_terms: 245,
    threat_match: 9,
  });
  assert.equal(runnable.length, 1874);
  const waiting = runnable.filter(({ reason }) => reason !== '');
  assert.deepEqual(
    new Set(waiting.map(({ type, reason }) => `${type}: ${reason}`)),
    new Set(['threat_match: needs indicators']),
  );
});
