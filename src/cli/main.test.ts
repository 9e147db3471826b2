/** The program as a process: what signals, pipes and the layers below make of it. */
import assert from 'node:assert/strict';
import type { ChildProcess, ChildProcessWithoutNullStreams, StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'winnow-cli-'));
after(() => rmSync(folder, { recursive: true }));

const RULE = `
[rule]
rule_id = "3d5ae0f4-6a4d-4a7c-9b39-5f6d8f0e4a11"
name = "Secret Created"
description = "A secret was created."
author = ["Winnow"]
severity = "medium"
risk_score = 47
type = "query"
language = "kuery"
index = ["logs-kubernetes.*"]
query = '''
kubernetes.audit.objectRef.resource: "secrets" and kubernetes.audit.verb: "create"
'''
`;

const event = (number: number): string =>
  `${JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: `6f9a3c52-0b51-4d5e-8f0e-${String(number).padStart(12, '0')}`,
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/prod/secrets',
    verb: 'create',
    user: { username: 'eve@example.com', groups: ['system:authenticated'] },
    objectRef: { resource: 'secrets', namespace: 'prod', name: `s${number}`, apiVersion: 'v1' },
    responseStatus: { code: 201 },
    requestReceivedTimestamp: '2026-03-02T09:15:04.120311Z',
    stageTimestamp: '2026-03-02T09:15:04.131904Z',
  })}\n`;

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const rules = file('rule.toml', RULE);
const one = file('one.ndjson', event(1));

function start(...words: readonly string[]): ChildProcessWithoutNullStreams {
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(WINNOW_|NO_COLOR|FORCE_COLOR)/.test(name),
  );
  return spawn(process.execPath, [MAIN, ...words], { cwd: folder, env: Object.fromEntries(environment) });
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Everything that the process wrote until it ended. */
async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...written };
}

/** Waits for the first output; a process that ends without any fails the test and does not hang it. */
async function output(child: ChildProcessWithoutNullStreams, all: Promise<Ended>): Promise<void> {
  const early = all.then(({ code, stderr }) => assert.fail(`ended early with ${code}: ${stderr}`));
  await Promise.race([once(child.stdout, 'data'), early]);
}

test('an alert on stdout, the summary on stderr, exit code 1', async () => {
  const { code, stdout, stderr } = await ended(start('scan', one, '--rules', rules));
  const [line = '', ...others] = stdout.trimEnd().split('\n');
  const document = JSON.parse(line) as { readonly winnow: { readonly sources: unknown } };
  assert.deepEqual([code, others, document.winnow.sources], [1, [], [{ file: one, line: 1 }]]);
  assert.match(stderr, /^Alerts {4}1: 0 critical, 0 high, 1 medium, 0 low$/m);
});

test('standard input, found in a pipe', async () => {
  const child = start('--rules', rules, '-o', 'csv', '-q');
  child.stdin.end(event(1));
  const { code, stdout, stderr } = await ended(child);
  assert.deepEqual([code, stdout.split('\n').length, stderr], [1, 3, '']);
  assert.match(stdout, /,<stdin>:1,/);
});

test('exit codes 0, 2 and 3', async () => {
  const quiet = file('quiet.ndjson', event(1).replace('"create"', '"get"'));
  const broken = file('broken.toml', RULE.replace('"create"', '("create"'));
  const cases: readonly (readonly [words: readonly string[], code: number, stderr: RegExp])[] = [
    [['scan', quiet, '-r', rules], 0, /^Alerts {4}0: /m],
    [['scan', 'gone.log', '-r', rules], 2, /^error INP001: .*"gone\.log"\n {2}hint: /],
    [['scan', one, '-r', 'gone.toml'], 2, /^error RULE007: .*"gone\.toml"/],
    [['scan', one, '-r', broken], 2, /broken\.toml:\d+:\d+: error KQL\d+: .*\n +\d+ \| .*\n +\| +\^/],
    [
      ['scan', one, '--sevrity', 'high'],
      3,
      /^error: unknown option '--sevrity'\nhint: did you mean --severity\?\n$/,
    ],
  ];
  for (const [words, expected, stderr] of cases) {
    const ran = await ended(start(...words));
    assert.equal(ran.code, expected, words.join(' '));
    assert.match(ran.stderr, stderr);
  }
});

test('standard input is explained for every rule, and for one that reads it twice', async () => {
  const piping = RULE.replace('3d5ae0f4', '4d5ae0f4')
    .replace('Secret Created', 'Secrets Counted')
    .replace('type = "query"', 'type = "esql"')
    .replace('"kuery"\nindex = ["logs-kubernetes.*"]', '"esql"')
    .replace(/query = '''[^]*?'''/, 'query = "FROM logs-* | STATS n = COUNT(*) | WHERE n > 1 | KEEP n"');
  const child = start('explain', '--rule', file('piping.toml', piping), '--rule', rules, '<stdin>:2');
  child.stdin.end(event(1) + event(2));
  const { code, stdout, stderr } = await ended(child);
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^The event matches\.$/m);
  assert.match(stdout, /^.*<stdin>:2.*$/m);
  assert.match(stdout, /STATS/);
});

test('explain, list, show and test the same rule', async () => {
  const explained = await ended(start('explain', '--rule', rules, `${one}:1`));
  assert.equal(explained.code, 0, explained.stderr);
  assert.match(explained.stdout, /^The event matches\.$/m);
  const listed = await ended(start('rules', 'list', rules));
  assert.equal((JSON.parse(listed.stdout) as { readonly runnable: boolean }).runnable, true);
  const shown = await ended(start('rules', 'show', rules));
  assert.match(shown.stdout, /^Secret Created\n/);
  const tested = await ended(start('test', rules));
  assert.deepEqual([tested.code, tested.stdout], [2, '\n0 rules, 0 cases, 0 passed, 0 failed, 0 skipped\n']);
});

test('a line that came through a pipe is judged before the next one comes', async () => {
  const short = RULE.replace(/query = '{3}[^']*'{3}/, "query = 'event.action: open'")
    .replace('3d5ae0f4', '5d5ae0f4')
    .replace('logs-kubernetes.*', 'logs-*');
  const words = ['scan', '-', '-r', file('short.toml', short), '-q', '-o', 'csv'];
  const opened = (pretty: number | undefined): string =>
    `${JSON.stringify({ '@timestamp': '2026-03-02T09:15:04Z', event: { action: 'open' }, n: pretty }, null, pretty)}\n`;
  for (const more of [[], ['--state', join(folder, 'live.db')]]) {
    const child = start(...words, ...more);
    const all = ended(child);
    for (const line of [opened(undefined), opened(2)]) {
      child.stdin.write(line);
      await output(child, all);
    }
    child.stdin.end();
    const { code, stdout } = await all;
    assert.deepEqual([code, stdout.match(/<stdin>:\d+/g)], [1, ['<stdin>:1', '<stdin>:2']]);
  }
});

test('SIGINT ends the run with the summary of what was done', async () => {
  const child = start('scan', '-', '-r', rules);
  const all = ended(child);
  child.stdin.write(event(1) + event(2));
  await output(child, all);
  child.kill('SIGINT');
  const { code, stderr } = await all;
  assert.equal(code, 130);
  assert.match(stderr, /^Input {5}1 file, .* \d events? from \d records?$/m);
  assert.match(stderr, /interrupted: this covers only what was read until then\n$/);
});

test('a reader that goes away ends the run without a word', async () => {
  const many = file('many.ndjson', Array.from({ length: 3000 }, (_, number) => event(number)).join(''));
  const child = start('scan', many, '-r', rules);
  const all = ended(child);
  await output(child, all);
  child.stdout.destroy();
  const { code, stderr } = await all;
  assert.deepEqual([code, stderr], [141, '']);
});

const withoutFull = existsSync('/dev/full') ? false : 'this system has no /dev/full';

test(
  'data that cannot be written is an error, what is said beside it is not',
  { skip: withoutFull },
  async () => {
    const full = openSync('/dev/full', 'w');
    const startWith = (stdio: StdioOptions, ...words: readonly string[]) =>
      spawn(process.execPath, [MAIN, ...words], { cwd: folder, stdio });
    const written = async (child: ChildProcess): Promise<readonly [number | null, string]> => {
      let text = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding('utf8').on('data', (more: string) => (text += more));
      const [code] = (await once(child, 'close')) as [number | null];
      return [code, text];
    };
    try {
      for (const words of [
        ['scan', one, '-r', rules],
        ['rules', 'list', '-q'],
        ['query', 'FROM * | LIMIT 1', one],
      ]) {
        const [code, said] = await written(startWith(['ignore', full, 'pipe'], ...words));
        assert.equal(code, 2, words.join(' '));
        assert.match(said, /^error CLI007: standard output cannot be written: the disk is full$/m);
      }
      const [code, data] = await written(startWith(['ignore', 'pipe', full], 'scan', one, '-r', rules));
      assert.deepEqual([code, data.split('\n').length], [1, 2]);
    } finally {
      closeSync(full);
    }
  },
);
