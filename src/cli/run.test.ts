/** The command line from words to exit code, with the layers below replaced. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGolden } from '../../tests/support/golden.ts';
import {
  HARMFUL,
  alerts,
  emptySummary,
  knownBenign,
  nothingKnown,
  ruleSet,
  runWith,
  summary,
} from '../../tests/support/cli.ts';
import type { Surroundings } from '../../tests/support/cli.ts';
import type { ScanOptions } from '../app/types.ts';
import { diagnostic } from '../base/diagnostic.ts';
import type { MessageCode } from '../base/messages/index.ts';
import { failure, success } from '../base/result.ts';
import { source } from '../base/source.ts';
import { span } from '../base/span.ts';
import type { RunSummary } from '../model/summary.ts';
import type { RuleSet } from '../rules/rule.ts';
import { ExitCode } from './exit.ts';
import { commandNames } from './options/option.ts';
import type { Services } from './services.ts';

const openBenign: Services['openBenign'] = () => Promise.resolve(success(knownBenign));

/** A scan that finds what it is told to, and keeps what it was asked for. */
function scanning(
  of: RunSummary = summary,
  rules: RuleSet = ruleSet,
): { services: Partial<Services>; asked: ScanOptions[] } {
  const asked: ScanOptions[] = [];
  const scan: Services['scan'] = async (options, listener) => {
    asked.push(options);
    listener.rulesLoaded?.(rules);
    if (of.alerts.total > 0) for (const alert of alerts) listener.alert?.(alert);
    listener.ended?.(of);
    return of;
  };
  return { services: { scan }, asked };
}

const clean: RunSummary = {
  ...summary,
  groups: [],
  alerts: { ...summary.alerts, total: 0, bySeverity: { low: 0, medium: 0, high: 0, critical: 0 } },
};

const plain: Surroundings = { columns: 80, environment: { NO_COLOR: '1' } };

test('help of the program', async () => {
  const { code, stdout, stderr } = await runWith(['--help'], plain);
  assert.deepEqual([code, stderr], [0, '']);
  assertGolden('cli/help/winnow.txt', stdout);
});

for (const command of commandNames) {
  test(`help of ${command}`, async () => {
    const { code, stdout, stderr } = await runWith([...command.split(' '), '--help'], plain);
    assert.deepEqual([code, stderr], [0, '']);
    assertGolden(`cli/help/${command.replace(' ', '-')}.txt`, stdout);
  });
}

test('wrong command lines are exit code 3 and say what to do', async () => {
  const cases: readonly (readonly [words: string, stderr: string])[] = [
    [
      '',
      'error: no command given\nhint: winnow scan FILE scans a log, winnow demo writes a sample to try, winnow --help shows\n      everything\n',
    ],
    ['scna x.log', 'error: "scna" is neither a command nor a file\nhint: did you mean "scan"?\n'],
    [
      'audit.log',
      'error: "audit.log" is neither a command nor a file\nhint: winnow --help lists the commands; winnow scan FILE scans a file\n',
    ],
    ['scan --sevrity high x', "error: unknown option '--sevrity'\nhint: did you mean --severity?\n"],
    ['scan x --zzz', "error: unknown option '--zzz'\nhint: see winnow scan --help\n"],
    ['scan x --since', "error: option '--since <TIME>' argument missing\nhint: see winnow scan --help\n"],
    ['rules lits', "error: unknown command 'lits'\nhint: did you mean list?\n"],
    [
      'demo a b',
      "error: too many arguments for 'demo'. Expected 1 argument but got 2.\nhint: see winnow demo --help\n",
    ],
    [
      'scan x --fail-on hihg',
      '--fail-on: error CLI002: "hihg" is not one of low, medium, high, critical, never\n  hint: did you mean "high"?\n',
    ],
    [
      'scan',
      'error: nothing to scan\nhint: name files, globs or folders, or pipe a log in; winnow demo writes a sample to try\n',
    ],
    [
      'explain x.log',
      'error: which rule?\nhint: name it with --rule ID|NAME|FILE; winnow rules list shows what there is\n',
    ],
    ['completion tcsh', 'error: no completion for "tcsh"\nhint: one of bash, zsh, fish\n'],
  ];
  for (const [words, stderr] of cases) {
    const ran = await runWith(words.split(' ').filter((word) => word !== ''));
    assert.deepEqual(ran, { code: ExitCode.usage, stdout: '', stderr }, words);
  }
});

test('a file, a pattern or an option in place of a command means scan', async () => {
  const files = { 'audit.log': '' };
  for (const [words, inputs] of [
    [['audit.log'], ['audit.log']],
    [['logs/*.gz'], ['logs/*.gz']],
    [['-q', 'x'], ['x']],
    [['-'], ['-']],
  ] as const) {
    const { services, asked } = scanning(clean);
    await runWith(words, { services, files });
    assert.deepEqual(
      asked.map((options) => options.inputs),
      [inputs],
    );
  }
});

test('standard input is scanned when it is a pipe and nothing is named', async () => {
  const { services, asked } = scanning(clean);
  const { code } = await runWith(['scan'], { services, stdinIsTerminal: false });
  assert.deepEqual([code, asked[0]?.inputs], [0, ['-']]);
});

test('every option of scan reaches the scan', async () => {
  const { services, asked } = scanning(clean);
  const words =
    'scan a b -r r1 --rules r2 --severity high --rule x* --tag T:a --deprecated --building-blocks --ignore-index ' +
    '--engine bytes --threads 3 --costs --exceptions e1 --exceptions e2 --overlay o --format audit --cluster c --keep-request-received --since 2026-01-01 --until now-1d ' +
    '--indicators ti=i --anomalies n --history h --state s --finish --mode compat --lateness 5m --on-max-signals drop ' +
    '--table t=t.csv --array-order source --completion http --completion-url http://127.0.0.1:1/v1 ' +
    '--completion-model m --completion-timeout 5s --completion-requests 7 --completion-tokens 8 ' +
    '--catalogue lofp --behaviours bp --values site.toml';
  const opened: unknown[] = [];
  const openBenign: Services['openBenign'] = (sources) => {
    opened.push(sources);
    return Promise.resolve(success(nothingKnown));
  };
  await runWith(words.split(' '), { services: { ...services, openBenign } });
  assert.deepEqual(opened, [{ catalogue: 'lofp', behaviours: ['bp'], values: 'site.toml' }]);
  assert.deepEqual(asked, [
    {
      inputs: ['a', 'b'],
      ingest: { shape: 'audit', cluster: 'c', keepRequestReceived: true },
      rules: ['r1', 'r2'],
      exceptions: ['e1', 'e2'],
      overlays: ['o'],
      filter: { severity: 'high', rules: ['x*'], tags: ['T:a'], deprecated: true, buildingBlocks: true },
      since: Date.UTC(2026, 0, 1),
      until: Date.UTC(2026, 2, 3, 12),
      ignoreIndex: true,
      evaluator: 'bytes',
      threads: 3,
      costs: true,
      engine: { mode: 'compat', lateness: 300_000, overflow: 'drop' },
      indicators: ['ti=i'],
      anomalies: ['n'],
      queries: {
        tables: ['t=t.csv'],
        arrayOrder: 'source',
        completion: {
          kind: 'http',
          endpoint: { url: 'http://127.0.0.1:1/v1', model: 'm' },
          timeout: 5000,
          requests: 7,
          tokens: 8,
        },
      },
      history: ['h'],
      compareModes: false,
      state: { file: 's', finish: true },
      benign: nothingKnown,
    },
  ]);
});

test('a scan judges events from their bytes unless another engine is asked for', async () => {
  for (const [words, evaluator] of [
    [[], 'bytes'],
    [['--engine', 'bytes'], 'bytes'],
    [['--engine', 'index'], 'index'],
  ] as const) {
    const { services, asked } = scanning(clean);
    await runWith(['scan', 'a', ...words], { services });
    assert.equal(asked[0]?.evaluator, evaluator);
  }
});

test('a scan does not begin without the catalogue and the values that it was given', async () => {
  const { services, asked } = scanning(clean);
  const missing = diagnostic('CAT006', 'there is none yet', { source: source('lofp/catalogue.json', '') });
  const openBenign: Services['openBenign'] = () => Promise.resolve(failure(missing));
  const ran = await runWith(['scan', 'a', '--catalogue', 'lofp'], { services: { ...services, openBenign } });
  assert.deepEqual(ran, {
    code: ExitCode.badInput,
    stdout: '',
    stderr: 'lofp/catalogue.json: error CAT006: there is none yet\n',
  });
  assert.deepEqual(asked, []);
});

test('a scan decides as a stream, a minute late, and keeps nothing unless told', async () => {
  const { services, asked } = scanning(clean);
  await runWith(['scan', 'a'], { services });
  const [{ engine, compareModes, state } = {}] = asked;
  assert.deepEqual(
    [engine, compareModes, state],
    [{ mode: 'stream', lateness: 60_000, overflow: 'summary' }, false, undefined],
  );
  const wrong = [
    ['scan', 'a', '--finish'],
    ['scan', 'a', '--since', '2026-02-01', '--until', '2026-01-31'],
    ['scan', 'a', '--state', 's', '--compare-modes'],
  ];
  for (const words of wrong) assert.equal((await runWith(words, { services })).code, ExitCode.usage);
});

test('exit codes of a scan', async () => {
  const only = (severity: 'low' | 'high'): RunSummary => ({
    ...clean,
    alerts: { ...clean.alerts, total: 1, bySeverity: { ...clean.alerts.bySeverity, [severity]: 1 } },
  });
  const broken: RuleSet = {
    ...ruleSet,
    refused: [{ file: 'b.toml', diagnostics: [diagnostic('RULE001', 'not valid TOML')] }],
  };
  const noRules: RunSummary = { ...clean, rules: { ...clean.rules, runnable: 0 } };
  const unreadable = (code: MessageCode): RunSummary => ({
    ...clean,
    input: { ...clean.input, refused: [{ code, what: 'a file could not be read', count: 1, examples: [] }] },
  });
  const cases: readonly (readonly [string, RunSummary, readonly string[], ExitCode, RuleSet?])[] = [
    ['nothing found, records refused', clean, [], ExitCode.nothingFound],
    ['no input', emptySummary, [], ExitCode.nothingFound],
    ['a finding', only('low'), [], ExitCode.findings],
    ['a finding below --fail-on', only('low'), ['--fail-on', 'high'], ExitCode.nothingFound],
    ['a finding at --fail-on', only('high'), ['--fail-on', 'high'], ExitCode.findings],
    ['--fail-on never', only('high'), ['--fail-on', 'never'], ExitCode.nothingFound],
    ['a faulty rule file', clean, [], ExitCode.badInput, broken],
    ['a faulty rule file and a finding', only('high'), [], ExitCode.findings, broken],
    ['no rule runs', noRules, [], ExitCode.badInput],
    ['a file that cannot be read', unreadable('INP002'), [], ExitCode.badInput],
    ['a file that is damaged', unreadable('INP003'), [], ExitCode.badInput],
    ['a file that is no text', unreadable('INP015'), [], ExitCode.badInput],
  ];
  for (const [name, of, words, expected, rules] of cases) {
    const { code } = await runWith(['scan', 'x', ...words], scanning(of, rules));
    assert.equal(code, expected, name);
  }
});

test('an interrupted scan reports what there is, and its exit code names the signal', async () => {
  for (const [signal, expected] of [
    ['SIGINT', ExitCode.interrupted],
    ['SIGTERM', ExitCode.terminated],
  ] as const) {
    const controller = new AbortController();
    controller.abort(signal);
    const around = { ...scanning({ ...summary, interrupted: true }), signal: controller.signal };
    const { code, stderr } = await runWith(['scan', 'x'], around);
    assert.equal(code, expected);
    assert.match(stderr, /interrupted: this covers only what was read until then\n$/);
  }
});

test('a command that does not end by itself is ended by the signal', async () => {
  const controller = new AbortController();
  const services = {
    explain: () => {
      controller.abort('SIGINT');
      return new Promise<never>(() => undefined);
    },
    loadRules: async () => ({ ...ruleSet, rules: ruleSet.rules.slice(0, 1) }),
    openBenign,
  };
  const around = { services, signal: controller.signal };
  assert.deepEqual(await runWith(['explain', '--rule', 'x', 'a.log'], around), {
    code: ExitCode.interrupted,
    stdout: '',
    stderr: 'warning RUN001: it ended before it was done\n',
  });
});

test('a table on a terminal, NDJSON in a pipe with the summary on stderr, and nothing there when quiet', async () => {
  const terminal = await runWith(['scan', 'x'], { ...scanning(), columns: 80 });
  const piped = await runWith(['scan', 'x'], scanning());
  const quiet = await runWith(['scan', 'x', '-q'], scanning());
  assert.match(terminal.stdout, /^.*SEVERITY.*\n/);
  assert.doesNotMatch(terminal.stderr, /Input/);
  assert.deepEqual(
    piped.stdout
      .trimEnd()
      .split('\n')
      .map((line) => typeof JSON.parse(line)),
    alerts.map(() => 'object'),
  );
  assert.match(piped.stderr, /^Input {5}2 files/m);
  assert.deepEqual([quiet.stdout, quiet.stderr], [piped.stdout, '']);
});

test('colour: only on a terminal, unless asked for or forbidden', async () => {
  const coloured = async (words: readonly string[], around: Surroundings): Promise<boolean> => {
    const { stdout } = await runWith(['scan', 'x', '-o', 'table', ...words], { ...scanning(), ...around });
    return stdout.includes('\u001b[');
  };
  const cases: readonly (readonly [readonly string[], Surroundings, boolean])[] = [
    [[], { columns: 80 }, true],
    [[], {}, false],
    [['--color', 'always'], {}, true],
    [['--no-color'], { columns: 80 }, false],
    [[], { columns: 80, environment: { NO_COLOR: '1' } }, false],
    [[], { columns: 80, environment: { NO_COLOR: '' } }, true],
    [[], { environment: { FORCE_COLOR: '1' } }, true],
    [[], { columns: 80, environment: { FORCE_COLOR: '0' } }, false],
    [[], { columns: 80, environment: { TERM: 'dumb' } }, false],
    [['--color', 'always'], { environment: { NO_COLOR: '1' } }, true],
    [[], { environment: { WINNOW_COLOR: 'always' } }, true],
  ];
  for (const [words, around, expected] of cases)
    assert.equal(await coloured(words, around), expected, JSON.stringify([words, around]));
});

test('errors of rule files are shown with their place, also when quiet', async () => {
  const text = source('rules/b.toml', 'query = "a: or"\n');
  const error = diagnostic('RULE001', 'expected a value', { source: text, span: span(12, 14) });
  const rules: RuleSet = { ...ruleSet, refused: [{ file: 'rules/b.toml', diagnostics: [error] }] };
  const { stderr } = await runWith(['scan', 'x', '-q'], scanning(clean, rules));
  assert.equal(
    stderr,
    [
      'rules/b.toml:1:13: error RULE001: expected a value',
      '  1 | query = "a: or"',
      '    |             ^^',
      '',
    ].join('\n'),
  );
});

test('refused records are told one by one when asked for', async () => {
  const scan: Services['scan'] = async (_, listener) => {
    const origin = { file: 'audit.log', line: 17 };
    listener.refused?.({
      code: 'INP007',
      origin,
      message: 'ends in the middle',
      excerpt: '{"kind":"Ev\u001b',
    });
    return clean;
  };
  const { stderr } = await runWith(['scan', 'x', '--show-refused'], { services: { scan } });
  assert.match(stderr, /^audit\.log:17: refused INP007: ends in the middle: \{"kind":"Ev\\x1b\n/);
});

test('paths that do not exist are exit code 2, with what the layers below say', async () => {
  const problem = diagnostic('INP001', 'there is no file, folder or match for "x"');
  const scan = () => Promise.reject(Object.assign(new Error(problem.message), { diagnostic: problem }));
  assert.deepEqual(await runWith(['scan', 'x'], { services: { scan } }), {
    code: ExitCode.badInput,
    stdout: '',
    stderr: 'error INP001: there is no file, folder or match for "x"\n',
  });
});

test('a fault in Winnow is told as one, with its trace', async () => {
  const scan = () => Promise.reject(new TypeError('x is not a function'));
  const { code, stderr } = await runWith(['scan', 'x'], { services: { scan } });
  assert.equal(code, ExitCode.fault);
  assert.match(stderr, /^error: a fault in Winnow: .*\nTypeError: x is not a function\n {4}at /s);
});

test('the configuration file: found in the working folder, named by option or environment, missing', async () => {
  const asking = async (words: readonly string[], around: Surroundings) => {
    const { services, asked } = scanning(clean);
    const ran = await runWith(['scan', 'x', ...words], { ...around, services });
    return asked[0]?.filter.severity ?? ran;
  };
  const files = { 'winnow.toml': 'severity = "low"', 'a/b.toml': 'severity = "high"' };
  assert.equal(await asking([], { files }), 'low');
  assert.equal(await asking(['--config', 'a/b.toml'], { files }), 'high');
  assert.equal(await asking([], { files, environment: { WINNOW_CONFIG: 'a/b.toml' } }), 'high');
  assert.deepEqual(await asking(['--config', 'gone.toml'], { files }), {
    code: ExitCode.usage,
    stdout: '',
    stderr: 'gone.toml: error CLI003: the configuration file cannot be used: there is no such file\n',
  });
});

const listing = (set: RuleSet = ruleSet): Surroundings => ({ services: { loadRules: async () => set } });

test('rules list: each format, and totals on stderr', async () => {
  const refused: RuleSet = {
    ...ruleSet,
    refused: [{ file: 'rules/broken.toml', diagnostics: [diagnostic('RULE001', 'not valid TOML')] }],
  };
  for (const format of ['table', 'json', 'ndjson', 'csv']) {
    const { code, stdout, stderr } = await runWith(['rules', 'list', '-o', format], listing(refused));
    assert.equal(code, ExitCode.badInput);
    assertGolden(`cli/rules-list/rules.${format}`, stdout);
    assert.equal(
      stderr,
      [
        'error RULE001: not valid TOML',
        '5 rules (query kuery 4); 3 runnable, 2 not (type:threshold 1, unreadable 1); 1 file unreadable;',
        'loaded in 312 ms',
        '',
      ].join('\n'),
    );
  }
});

test('rules list: building blocks can run, and say why a scan leaves them off', async () => {
  const [first] = ruleSet.rules;
  assert.ok(first);
  const rule = { ...first.document.rule, building_block_type: 'default' as const };
  const block: RuleSet = { ...ruleSet, rules: [{ ...first, document: { ...first.document, rule } }] };
  const listed = async (...words: string[]) => {
    const { stdout, stderr } = await runWith(['rules', 'list', '-o', 'json', ...words], listing(block));
    const rows = JSON.parse(stdout) as { readonly runnable: boolean; readonly reason: string }[];
    return [rows.map(({ runnable, reason }) => [runnable, reason]), /building blocks/.test(stderr)];
  };
  assert.deepEqual(await listed(), [[[true, 'building_block']], true]);
  assert.deepEqual(await listed('--building-blocks'), [[[true, '']], false]);
});

test('rules show: a page with all that is known', async () => {
  const first: RuleSet = { ...ruleSet, rules: ruleSet.rules.slice(0, 1) };
  const { code, stdout } = await runWith(['rules', 'show', 'Cluster*'], {
    services: { ...listing(first).services, openBenign },
    columns: 80,
    environment: { NO_COLOR: '1' },
  });
  assert.equal(code, 0);
  assertGolden('cli/rules-show/rule.txt', stdout);
  const json = await runWith(['rules', 'show', 'Cluster*', '-o', 'json'], {
    services: { ...listing(first).services, openBenign },
  });
  const [rule] = first.rules;
  assert.ok(rule !== undefined);
  const { benign } = JSON.parse(json.stdout) as { readonly benign: unknown };
  assert.deepEqual(benign, knownBenign.about(rule));
});

test('rules show: a word that fits nothing is an error with what it may mean', async () => {
  const none: RuleSet = {
    ...ruleSet,
    rules: [],
    diagnostics: [diagnostic('RULE008', 'no rule fits "Exce"', { hint: 'did you mean "Exec"?' })],
  };
  assert.deepEqual(await runWith(['rules', 'show', 'Exce', '-q'], listing(none)), {
    code: ExitCode.badInput,
    stdout: '',
    stderr: 'error RULE008: no rule fits "Exce"\n  hint: did you mean "Exec"?\n',
  });
});

test('demo names what it wrote', async () => {
  const writeSample: Services['writeSample'] = async (folder, seed) => [
    { path: `${folder}/audit.ndjson`, events: seed },
  ];
  assert.deepEqual(await runWith(['demo', 'out', '--seed', '7'], { services: { writeSample } }), {
    code: 0,
    stdout: 'out/audit.ndjson\n',
    stderr:
      'wrote 7 events to out/audit.ndjson\ntry: winnow scan out\n' +
      'and: winnow lofp explain out, which says what in it is known to be benign\n',
  });
});

test('the version is told in both ways', async () => {
  assert.equal((await runWith(['--version'])).stdout, 'winnow 0.0.0\n');
  assert.match((await runWith(['version'])).stdout, /^winnow 0\.0\.0 \(node /);
});

const tested = (own: Partial<Awaited<ReturnType<Services['testRules']>>> = {}): Surroundings => ({
  services: {
    testRules: async () => ({
      rules: 2,
      results: [
        {
          rule: 'One',
          file: 'r/one.tests.toml',
          name: 'it fires',
          line: 3,
          expects: 'fires',
          outcome: 'passed',
        },
        {
          rule: 'Two',
          file: 'r/two.tests.toml',
          name: `it & <that> ${HARMFUL}`,
          line: 9,
          expects: 'fires',
          outcome: 'failed',
          message: 'expected an alert, got none',
        },
        {
          rule: 'Two',
          file: 'r/two.tests.toml',
          name: 'not yet',
          line: 12,
          expects: 'quiet',
          outcome: 'skipped',
          message: 'Threshold rules do not run yet.',
        },
        {
          rule: 'three.timeline',
          file: 'r/three.timeline',
          name: 'nobody answers',
          line: 7,
          expects: 'timeline',
          mode: 'compat',
          outcome: 'failed',
          message: 'line 9: no alert three events=1m\nnot expected: three events=2m at=5m',
        },
      ],
      untested: ruleSet.rules.slice(0, 1),
      problems: [],
      ...own,
    }),
  },
});

test('rule tests: each format, and the rules that have none on stderr', async () => {
  for (const format of ['text', 'json', 'junit', 'sarif']) {
    const { code, stdout, stderr } = await runWith(['test', 'r', '-o', format], tested());
    assert.deepEqual([code, stderr], [ExitCode.findings, '1 rule without tests: rules/1.toml\n']);
    assertGolden(`cli/test/tests.${format}`, stdout);
  }
});

test('rule tests: what cannot be used is an error in every format, beside the results', async () => {
  const text = source('r/four.tests.toml', '[[fires]]\nname = 4\n');
  const problems = [
    diagnostic('TEST001', `a name is a text ${HARMFUL}`, { source: text, span: { start: 10, end: 18 } }),
    diagnostic('TEST002', 'no rule stands beside these tests', { source: text }),
    diagnostic('RULE002', 'cannot be read: permission denied', { source: source('r/five.timeline', '') }),
    diagnostic('RULE008', 'no rule fits "x"'),
  ];
  for (const format of ['json', 'junit', 'sarif']) {
    const own = { results: [], untested: [], problems };
    const { code, stdout } = await runWith(['test', 'r', '-o', format], tested(own));
    assert.equal(code, ExitCode.badInput);
    assertGolden(`cli/test/unusable.${format}`, stdout);
  }
});

test('rule tests: exit codes', async () => {
  const problem = diagnostic('TEST002', 'no rule stands beside these tests');
  const passed = { rule: 'One', file: 'r', name: 'n', line: 1, expects: 'fires', outcome: 'passed' } as const;
  const cases: readonly (readonly [Parameters<typeof tested>[0], ExitCode])[] = [
    [{ results: [passed] }, ExitCode.nothingFound],
    [{ results: [passed], problems: [problem] }, ExitCode.badInput],
    [{ results: [] }, ExitCode.badInput],
  ];
  for (const [own, code] of cases) assert.equal((await runWith(['test'], tested(own))).code, code);
});

const query = 'verb: create and user: eve';
const explained: Services['explain'] = async (rule, { inputs }) =>
  success({
    rule: { ...rule, file: 'rules/one.toml', query: source('rules/one.toml', query) },
    events: 10,
    matched: 0,
    explained: [
      {
        event: {
          key: 'k1',
          time: 0,
          document: { verb: 'create' },
          origin: { file: inputs[0] ?? '', line: 4 },
        },
        routing: { fits: false, index: 'logs-other-default', patterns: ['logs-kubernetes.*'] },
        distance: 1,
        exceptedBy: [
          {
            list: 'shared',
            item: 'backup',
            name: 'Backup reads secrets',
            owner: 'storage@example.com',
            reason: 'Nightly.',
            where: { kind: 'and', args: [] },
            place: { source: source('shared.yaml', 'exceptions:\n  - name: x\n'), span: span(16, 25) },
          },
        ],
        explanation: {
          kind: 'and',
          verdict: 'failed',
          span: span(0, query.length),
          text: query,
          wanted: 'all of these',
          seen: [],
          children: [
            {
              kind: 'some',
              verdict: 'held',
              span: span(0, 12),
              text: 'verb: create',
              wanted: '"create"',
              seen: [{ field: 'verb', values: ['create'], count: 1 }],
              children: [],
            },
            {
              kind: 'some',
              verdict: 'failed',
              span: span(17, 26),
              text: 'user: eve',
              wanted: '"eve"',
              seen: [{ field: 'user', values: [HARMFUL], count: 1 }],
              children: [],
            },
          ],
        },
      },
    ],
  });

test('explain: for people and for programs', async () => {
  const one: RuleSet = { ...ruleSet, rules: ruleSet.rules.slice(0, 1) };
  const around = { services: { loadRules: async () => one, explain: explained, openBenign } };
  for (const format of ['text', 'json']) {
    const { code, stdout } = await runWith(
      ['explain', '--rule', 'Cluster*', 'audit.log:4', '-o', format],
      around,
    );
    assert.equal(code, 0);
    assertGolden(`cli/explain/event.${format}`, stdout);
  }
});

test('explain: places of records, and files to search', async () => {
  const asked: unknown[] = [];
  const explain: Services['explain'] = async (_, { inputs, records }) => {
    asked.push([inputs, records]);
    return failure(diagnostic('RUN003', 'nothing there'));
  };
  const words = ['explain', '--rule', 'x', 'a.log:12', 'b.json@99', 'c:1', 'd.log', '--nearest', '5'];
  const around = {
    services: { loadRules: async () => ({ ...ruleSet, rules: ruleSet.rules.slice(0, 1) }), explain },
  };
  const { code } = await runWith(words, { ...around, files: { 'c:1': '' } });
  assert.equal(code, ExitCode.badInput);
  assert.deepEqual(asked, [
    [['a.log'], { by: 'place', at: { line: 12 } }],
    [['b.json'], { by: 'place', at: { offset: 99 } }],
    [['c:1'], { by: 'nearest', count: 5 }],
    [['d.log'], { by: 'nearest', count: 5 }],
  ]);
});

test('completion scripts name every command', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await runWith(['completion', shell]);
    assert.equal(code, 0);
    assertGolden(`cli/completion/winnow.${shell}`, stdout);
  }
});

test('options that would do nothing are refused', async () => {
  for (const words of [
    ['scan', 'a', '--threads', '2', '--engine', 'index'],
    ['scan', 'a', '--costs', '--engine', 'compiled'],
  ]) {
    const { services } = scanning(clean);
    const { code, stderr } = await runWith(words, { services });
    assert.equal(code, 3);
    assert.match(stderr, /leave out --engine (?:index|compiled)/);
  }
});
