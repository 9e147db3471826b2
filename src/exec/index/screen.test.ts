import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject, Scalar } from '../../data/document.ts';
import { MANY } from '../../data/pattern.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import type { ValueSource } from '../compile/columns.ts';
import { Matcher } from './matcher.ts';
import type { Screen } from './screen.ts';

const OS = 'host.os.type';
const ARGUMENTS = 'process.args';
const is = (path: string, text: string): Predicate => ({
  kind: 'some',
  field: { name: path, path },
  test: { kind: 'text', oneOf: [text], fold: 'exact' },
});
const holds = (path: string, text: string): Predicate => ({
  kind: 'some',
  field: { name: path, path },
  test: { kind: 'pattern', oneOf: [[MANY, text, MANY]], fold: 'exact' },
});
const rules: readonly Predicate[] = [
  { kind: 'and', args: [is(OS, 'windows'), is('event.module', 'sysmon'), holds(ARGUMENTS, 'mimikatz')] },
];

const lookedUp = (screen: Screen): string[] =>
  screen.paths.filter((_, path) => screen.contents(path) !== undefined).sort();

function show(screen: Screen, document: JsonObject): number {
  let shown = 0;
  for (; screen.wantsSample; shown++) screen.sample(document);
  return shown;
}

/** What the rule looks for in arguments is common here, and what else it asks for is not. */
const linux: JsonObject = { host: { os: { type: 'linux' } }, process: { args: ['x-mimikatz'] } };
const windows: JsonObject = { host: { os: { type: 'windows' } }, event: { module: 'sysmon' } };

test('rules are filed anew under what is rare in the events that were seen', () => {
  const screen = new Matcher(rules).screen([]);
  assert.deepEqual(lookedUp(screen), ['event.module', OS, ARGUMENTS]);
  const paths = [...screen.paths];
  assert.equal(screen.renew(), false);
  assert.equal(show(screen, linux), 512);
  assert.equal(screen.renew(), true);
  assert.equal(screen.renew(), false);
  assert.deepEqual(lookedUp(screen), ['event.module', OS]);
  assert.deepEqual(screen.paths, paths);
});

test('documents are looked up as their screen files rules, and match the same ones', () => {
  const matcher = new Matcher(rules);
  const screen = matcher.screen([]);
  const sysmon = { host: { os: { type: 'windows' } }, event: { module: 'sysmon' } };
  const [harmless, mimikatz] = ['x', 'x-mimikatz'].map((args) => ({ ...sysmon, process: { args: [args] } }));
  const found = () => [harmless, mimikatz, linux].map((document) => matcher.match(document ?? {}, 0).rules);
  assert.deepEqual([found(), matcher.tried[0]], [[[], [0], []], 1]);
  show(screen, linux);
  assert.deepEqual([found(), matcher.tried[0]], [[[], [0], []], 2]);
  screen.renew();
  assert.deepEqual([found(), matcher.tried[0]], [[[], [0], []], 4], 'arguments are not looked up any more');
});

test('what one screen was shown has another one file the same rules as it did', () => {
  const [shown, told] = [new Matcher(rules).screen([]), new Matcher(rules).screen([])];
  show(shown, linux);
  assert.equal(shown.choices, 1);
  shown.renew();
  assert.equal(shown.choices, 1);
  told.take(structuredClone(shown.counts));
  assert.equal(told.wantsSample, false);
  assert.equal(told.renew(), true);
  assert.equal(told.renew(), false);
  assert.deepEqual(lookedUp(told), ['event.module', OS]);
});

/** An event whose values are these, by path. */
function eventWith({ paths }: Screen, values: ReadonlyMap<string, Scalar>): ValueSource {
  return {
    fill: (path, column) => {
      const value = values.get(paths[path] ?? '');
      if (value !== undefined) column.add(value);
    },
    isPresent: (path) => values.has(paths[path] ?? ''),
  };
}

test('once too many rules were tried in vain, more events are looked at', () => {
  const screen = new Matcher(rules).screen([]);
  show(screen, linux);
  screen.renew();
  const event = eventWith(screen, new Map([[OS, 'windows']]));
  const candidates = Array.from({ length: 10_000 }, () => 0);
  for (let tries = 0; tries < 30; tries++) screen.decider.decide(candidates, event, 0);
  assert.equal(screen.wantsSample, false);
  screen.decider.decide(candidates, event, 0);
  assert.equal(show(screen, windows), 512);
  assert.equal(screen.renew(), true);
  assert.deepEqual(lookedUp(screen), ['event.module', OS, ARGUMENTS]);
  for (let tries = 0; tries < 60; tries++) screen.decider.decide(candidates, event, 0);
  assert.equal(screen.wantsSample, false, 'the second time takes twice as many');
});

test('what a flattened field could hold counts as soon as anything is there', () => {
  const asking = (field: FieldRef): Predicate => ({
    kind: 'some',
    field,
    test: { kind: 'text', oneOf: ['x'], fold: 'exact' },
  });
  const below = asking({ name: 'a', path: 'a', below: true });
  const plain = asking({ name: 'a', path: 'a' });
  const screen = new Matcher([below]).screen(['a']);
  assert.deepEqual(
    screen.presence(0)?.entries(),
    new Matcher([plain]).screen(['a']).value(0, 'x')?.entries(),
  );
  assert.equal(screen.value(0, 'x'), undefined);
});
