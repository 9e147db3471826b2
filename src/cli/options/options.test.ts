import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { source } from '../../base/source.ts';
import { readConfigFile } from './config-file.ts';
import type { FileValues } from './config-file.ts';
import { environmentName } from './option.ts';
import type { Given, Origin } from './resolve.ts';
import { resolveSettings } from './resolve.ts';
import type { SettingName, Settings } from './table.ts';
import { options, optionsOf, settingNames, sharedOptions } from './table.ts';

const NOW = Date.UTC(2026, 2, 4, 12);

function file(text: string): FileValues {
  const read = readConfigFile(source('conf/winnow.toml', text), 'conf');
  return read.ok ? read.value : assert.fail(pictures(read));
}

const pictures = (result: Result<unknown>): string => result.diagnostics.map((d) => picture(d)).join('\n');

const flags = (given: Partial<Record<SettingName, readonly string[]>>): Given['flags'] =>
  new Map(
    Object.entries(given).map(([name, raws]): [SettingName, Origin] => [
      name as SettingName,
      { name: `--${options[name as SettingName].flag}`, raws },
    ]),
  );

function resolved(given: Partial<Given>): Result<Settings> {
  return resolveSettings(
    'scan',
    { flags: new Map(), environment: {}, file: new Map(), ...given },
    { now: NOW },
  );
}

function settings(given: Partial<Given>): Settings {
  const result = resolved(given);
  return result.ok ? result.value : assert.fail(pictures(result));
}

test('the command line counts before the environment, that before the file, that before the default', () => {
  const environment = { WINNOW_FAIL_ON: 'high', WINNOW_SEVERITY: '' };
  const from = file('fail-on = "medium"\nseverity = "medium"');
  assert.equal(settings({}).failOn, 'low');
  assert.equal(settings({ file: from }).failOn, 'medium');
  assert.equal(settings({ file: from, environment }).failOn, 'high');
  assert.equal(
    settings({ file: from, environment, flags: flags({ failOn: ['critical'] }) }).failOn,
    'critical',
  );
  assert.equal(settings({ file: from, environment }).severity, 'medium', 'an empty variable is not set');
});

test('a switch of the file can be switched off', () => {
  const from = file('quiet = true');
  assert.deepEqual(
    [{}, { environment: { WINNOW_QUIET: '0' } }, { flags: flags({ quiet: ['false'] }) }].map(
      (given) => settings({ file: from, ...given }).quiet,
    ),
    [true, false, false],
  );
});

test('lists: several times, with commas, or as a list', () => {
  assert.deepEqual(settings({ flags: flags({ tag: ['a, b', 'c'] }) }).tag, ['a, b', 'c']);
  assert.deepEqual(settings({ environment: { WINNOW_TAG: 'a, b' } }).tag, ['a', 'b']);
  assert.deepEqual(settings({ file: file('tag = ["a", "b"]') }).tag, ['a', 'b']);
  assert.deepEqual(settings({ file: file('tag = "a"') }).tag, ['a']);
});

test('paths of the file count from its folder', () => {
  assert.deepEqual(settings({ file: file('rules = ["mine", "/else", "shipped:"]') }).rules, [
    'conf/mine',
    '/else',
    'shipped:',
  ]);
});

test('times are dates or date maths, and a day counts whole', () => {
  const given = flags({ since: ['2026-01-31'], until: ['2026-01-31'] });
  assert.equal(settings({ flags: given }).since, Date.UTC(2026, 0, 31));
  assert.equal(settings({ flags: given }).until, Date.UTC(2026, 1, 1) - 1);
  assert.equal(settings({ flags: flags({ since: ['now-1h'] }) }).since, NOW - 3_600_000);
  assert.equal(
    settings({ flags: flags({ since: ['2026-01-31 10:30'] }) }).since,
    Date.UTC(2026, 0, 31, 10, 30),
  );
});

test('unknown keys of the file are errors at their place, all at once', () => {
  const keys = sharedOptions.map(([, { flag }]) => flag).filter((flag) => flag !== 'config');
  const read = readConfigFile(
    source('winnow.toml', 'severity = "low"\nfail_on = "high"\nconfig = "x"\nquiet = "yes"\n'),
    '',
  );
  assert.equal(
    pictures(read),
    [
      'winnow.toml:2:1: error CLI001: unknown setting "fail_on"',
      '  2 | fail_on = "high"',
      '    | ^^^^^^^',
      '  hint: did you mean "fail-on"?',
      'winnow.toml:3:1: error CLI001: unknown setting "config"',
      '  3 | config = "x"',
      '    | ^^^^^^',
      `  hint: known keys: ${keys.join(', ')}`,
      'winnow.toml:4:9: error CLI002: "quiet" must be true or false',
      '  4 | quiet = "yes"',
      '    |         ^^^^^',
    ].join('\n'),
  );
});

test('lengths of time have a unit', () => {
  const lateness = (raw: string) => settings({ flags: flags({ lateness: [raw] }) }).lateness;
  assert.deepEqual(
    ['0', '250ms', '90s', ' 5m ', '2h', '1d'].map(lateness),
    [0, 250, 90_000, 300_000, 7_200_000, 86_400_000],
  );
  for (const raw of ['5', '5 minutes', '-1m', '']) assert.throws(() => lateness(raw), /length of time/);
});

test('a path in the file may stand behind the name of an index', () => {
  const file = 'indicators = ["ti-*=feed.ndjson", "bad.csv", "ti-x=/feeds/x.csv"]';
  const read = readConfigFile(source('ci/winnow.toml', file), 'ci');
  assert.deepEqual(read.ok && read.value.get('indicators')?.raws, [
    'ti-*=ci/feed.ndjson',
    'ci/bad.csv',
    'ti-x=/feeds/x.csv',
  ]);
});

test('a file that is no TOML is CLI003 at its place', () => {
  const read = readConfigFile(source('winnow.toml', 'severity = high\n'), '');
  assert.deepEqual(
    read.diagnostics.map(({ code, span }) => [code, span?.start]),
    [['CLI003', 11]],
  );
});

test('values that are not allowed name where they were given', () => {
  const bad = resolved({
    flags: flags({ severity: ['hihg'], maxGroups: ['-1'] }),
    environment: { WINNOW_SINCE: 'yesterday', WINNOW_DEPRECATED: 'maybe' },
    file: file('fail-on = "none"'),
  });
  assert.equal(
    pictures(bad),
    [
      'WINNOW_SINCE: error CLI002: "yesterday" is not a time',
      '  hint: write 2025-01-31, 2025-01-31T10:30:00Z, now-1h or now/d (UTC; units s, m, h, d, w, M, y)',
      '--severity: error CLI002: "hihg" is not one of low, medium, high, critical',
      '  hint: did you mean "high"?',
      'WINNOW_DEPRECATED: error CLI002: "maybe" is neither true nor false',
      'conf/winnow.toml:1:11: error CLI002: "none" is not one of low, medium, high, critical, never',
      '  1 | fail-on = "none"',
      '    |           ^^^^^^',
      '--max-groups: error CLI002: "-1" is not a whole number from 0',
    ].join('\n'),
  );
});

test('variables that no option is called by are a warning', () => {
  const result = resolved({ environment: { WINNOW_FAILON: 'high', HOME: '/root' } });
  assert.deepEqual(
    pictures(result),
    'warning CLI004: no option is called WINNOW_FAILON\n  hint: did you mean "WINNOW_FAIL_ON"?',
  );
});

test('no two options of a command share a name, and every option belongs to a command', () => {
  const commands = new Set(settingNames.flatMap((name) => options[name].commands));
  for (const command of commands) {
    const names = optionsOf(command).flatMap(([, { flag, short }]) =>
      short === undefined ? [flag] : [flag, short],
    );
    assert.deepEqual(names, [...new Set(names)], command);
  }
  assert.deepEqual(
    settingNames.filter((name) => options[name].commands.length === 0),
    [],
  );
});

test('environment names are made from the long names', () =>
  assert.equal(environmentName(options.keepRequestReceived), 'WINNOW_KEEP_REQUEST_RECEIVED'));
