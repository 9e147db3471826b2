/**
 * The rules on the two pages that began the project, unmodified: the KQL form of "User Exec into Pod", its EQL form with
 * four groups of exclusions, and the interactive exec into a container. The rules are read where they are; the events
 * are made here, those of the exclusions from the patterns themselves.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { picture } from '../../src/base/diagnostic.ts';
import { source } from '../../src/base/source.ts';
import type { JsonObject } from '../../src/data/document.ts';
import { builtinFieldTypes } from '../../src/data/fields/index.ts';
import type { Expression } from '../../src/lang/eql/1-parse/ast.ts';
import { eql, parseEql } from '../../src/lang/eql/index.ts';
import type { Language } from '../../src/lang/kit/language.ts';
import { kql } from '../../src/lang/kql/index.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import { evaluators } from '../conformance/evaluators.ts';

const page = (name: string): URL => new URL(`../../../shared/seeds/${name}`, import.meta.url);
const pages = { rule: page('elastic-rule-page.txt'), behaviour: page('lofp-page.txt') };
const skip = Object.values(pages).every((url) => existsSync(url))
  ? false
  : 'the two pages are not beside the repository';

/** The part of a page that the expression's first group holds. */
function cut(url: URL, expression: RegExp): string {
  const found = expression.exec(readFileSync(url, 'utf8'))?.[1];
  assert.ok(found !== undefined, `nothing in ${url.pathname} looks like ${expression.source}`);
  return found;
}

function condition(language: Language, query: string): Predicate {
  const compiled = language.compile(source('seed', query), { types: builtinFieldTypes });
  assert.deepEqual(
    compiled.diagnostics.map((found) => picture(found)),
    [],
  );
  assert.ok(compiled.ok && compiled.value.kind === 'filter');
  return compiled.value.where;
}

/** Every evaluator selects exactly the events that are wanted, by name. */
function assertSelects(
  where: Predicate,
  wanted: Readonly<Record<string, readonly [boolean, JsonObject]>>,
): void {
  const rows = Object.entries(wanted);
  const events = rows.map(([, [, document]], id) => ({ id, document }));
  for (const [evaluator, evaluate] of Object.entries(evaluators)) {
    const [ids = []] = evaluate([where], { events, now: 0, types: builtinFieldTypes, cases: [] });
    const given = rows.map(([name], id) => [name, ids.includes(id)]);
    assert.deepEqual(
      given,
      rows.map(([name, [fires]]) => [name, fires]),
      evaluator,
    );
  }
}

/** A document with the values at dotted paths replaced; undefined takes one away. */
function having(document: JsonObject, changes: Readonly<Record<string, unknown>>): JsonObject {
  const changed = structuredClone(document) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((at, key) => (at[key] ??= {}) as Record<string, unknown>, changed);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return changed as JsonObject;
}

const audit: JsonObject = {
  event: { dataset: 'kubernetes.audit_logs' },
  kubernetes: {
    audit: {
      level: 'Request',
      stage: 'ResponseStarted',
      verb: 'create',
      requestURI:
        '/api/v1/namespaces/shop/pods/cart-7c9/exec?command=sh&container=cart&stdin=true&stdout=true&tty=true',
      objectRef: { resource: 'pods', subresource: 'exec', namespace: 'shop', name: 'cart-7c9' },
      annotations: { 'authorization_k8s_io/decision': 'allow' },
    },
  },
};

/** One pattern that keeps the rule silent in one namespace. */
interface Exclusion {
  readonly namespace: string;
  readonly field: string;
  readonly pattern: string;
}

/** Below `not`: alternatives, each a namespace and patterns over one field. */
function exclusionsOf(query: string): Exclusion[] {
  const parsed = parseEql(source('seed', query));
  assert.ok(parsed.ok && parsed.value.kind === 'event');
  const { condition: whole } = parsed.value.event;
  const parts = whole.kind === 'and' ? whole.args : [];
  const excluded = parts.flatMap((part) =>
    part.kind === 'not' && part.arg.kind === 'or' ? part.arg.args : [],
  );
  return excluded.flatMap(exclusionsIn);
}

function exclusionsIn(group: Expression): Exclusion[] {
  assert.ok(group.kind === 'and');
  const [where, match] = group.args;
  assert.ok(where?.kind === 'comparison' && where.right.kind === 'string');
  assert.ok(match?.kind === 'match' && match.arg.kind === 'field');
  const [{ value: namespace }, { name: field }] = [where.right, match.arg];
  return match.patterns.flatMap((p) => (p.kind === 'string' ? [{ namespace, field, pattern: p.value }] : []));
}

const filled = (pattern: string): string => pattern.replaceAll('*', 'x-7f9c');

/** The literal text that a pattern needs most, in the other case. */
function otherCase(pattern: string): string {
  const piece = pattern.split('*').sort((a, b) => b.length - a.length)[0] ?? '';
  return filled(
    pattern.replace(piece, piece.toUpperCase() === piece ? piece.toLowerCase() : piece.toUpperCase()),
  );
}

suite('the rules of the two pages', { skip }, () => {
  test('User Exec into Pod, as KQL', () => {
    const where = condition(kql, cut(pages.rule, /^query = '''\n(.*?)^'''/ms));
    const without = (change: Readonly<Record<string, unknown>>) => [false, having(audit, change)] as const;
    assertSelects(where, {
      'an exec': [true, audit],
      'an exec, with its annotation in one key': [
        true,
        {
          ...having(audit, { 'kubernetes.audit.annotations': undefined }),
          'kubernetes.audit.annotations.authorization_k8s_io/decision': 'allow',
        },
      ],
      'a log request': without({ 'kubernetes.audit.objectRef.subresource': 'log' }),
      'a service': without({ 'kubernetes.audit.objectRef.resource': 'services' }),
      'a get': without({ 'kubernetes.audit.verb': 'get' }),
      'one that was forbidden': without({
        'kubernetes.audit.annotations': { 'authorization_k8s_io/decision': 'forbid' },
      }),
      'another source': without({ 'event.dataset': 'kubernetes.pod' }),
      'nothing at all': [false, {}],
    });
  });

  test('User Exec into Pod, as EQL, by its conditions', () => {
    const where = condition(eql, cut(pages.behaviour, /Detection logic\n\n(any where .*?)\n\nInteractive/s));
    const changed = (fires: boolean, change: Readonly<Record<string, unknown>>) =>
      [fires, having(audit, change)] as const;
    assertSelects(where, {
      'an exec': [true, audit],
      'an exec over a websocket': changed(true, { 'kubernetes.audit.verb': 'get' }),
      'an exec that is over': changed(true, { 'kubernetes.audit.stage': 'ResponseComplete' }),
      'an exec without a URI': changed(true, { 'kubernetes.audit.requestURI': undefined }),
      'an exec without a namespace': changed(true, { 'kubernetes.audit.objectRef.namespace': undefined }),
      'an exec that was only received': changed(false, { 'kubernetes.audit.stage': 'RequestReceived' }),
      'a record of metadata only': changed(false, { 'kubernetes.audit.level': 'Metadata' }),
      'one that was forbidden': changed(false, {
        'kubernetes.audit.annotations': { 'authorization_k8s_io/decision': 'forbid' },
      }),
      'one without a decision': changed(false, { 'kubernetes.audit.annotations': undefined }),
      'a delete': changed(false, { 'kubernetes.audit.verb': 'delete' }),
      'a verb in capitals': changed(false, { 'kubernetes.audit.verb': 'CREATE' }),
    });
  });

  test('each exclusion of the EQL form excludes its event and not the neighbours', () => {
    const query = cut(pages.behaviour, /Detection logic\n\n(any where .*?)\n\nInteractive/s);
    const where = condition(eql, query);
    const exclusions = exclusionsOf(query);
    assert.deepEqual([exclusions.length, new Set(exclusions.map((e) => e.namespace)).size], [11, 5]);
    for (const { namespace, field, pattern } of exclusions) {
      const there = { 'kubernetes.audit.objectRef.namespace': namespace };
      const event = (value: unknown, more = there) => having(audit, { [field]: value, ...more });
      assertSelects(where, {
        [`${field} like ${pattern}`]: [false, event(filled(pattern))],
        'with nothing for the stars': [false, event(pattern.replaceAll('*', ''))],
        'in another namespace': [
          true,
          event(filled(pattern), { 'kubernetes.audit.objectRef.namespace': `${namespace}-2` }),
        ],
        'in another case': [true, event(otherCase(pattern))],
        'with something before it': [true, event(`/proxy${filled(pattern)}`)],
        'with a sign changed': [true, event(filled(pattern.replace(/[a-z]/, '_')))],
        'with another end': [pattern.endsWith('*') === false, event(`${filled(pattern)}&tty=true`)],
        'without the value': [true, event(undefined)],
        'as one of two values': [false, event([filled(pattern), 'other'])],
      });
    }
  });

  test('interactive exec into a container', () => {
    const where = condition(eql, cut(pages.behaviour, /(process where host\.os\.type .*)$/s));
    const shell: JsonObject = {
      event: { category: ['process'], type: ['start'], action: 'exec' },
      host: { os: { type: 'linux' } },
      container: { id: 'c0ffee' },
      process: {
        name: 'sh',
        interactive: true,
        entry_leader: { same_as_process: true, entry_meta: { type: 'container' } },
      },
    };
    const changed = (fires: boolean, change: Readonly<Record<string, unknown>>) =>
      [fires, having(shell, change)] as const;
    assertSelects(where, {
      'a shell': [true, shell],
      busybox: changed(true, { 'process.name': 'busybox' }),
      'a start among other types': changed(true, { 'event.type': ['info', 'start'] }),
      'interactive as text': changed(true, { 'process.interactive': 'true' }),
      'another program': changed(false, { 'process.name': 'python3' }),
      'a shell in capitals': changed(false, { 'process.name': 'SH' }),
      'not interactive': changed(false, { 'process.interactive': false }),
      'not known to be interactive': changed(false, { 'process.interactive': undefined }),
      'not the first process': changed(false, { 'process.entry_leader.same_as_process': false }),
      'by ssh': changed(false, { 'process.entry_leader.entry_meta.type': 'sshd' }),
      'outside of a container': changed(false, { 'container.id': undefined }),
      'an empty container id': changed(true, { 'container.id': '' }),
      'a fork': changed(false, { 'event.action': 'fork' }),
      'an end': changed(false, { 'event.type': ['end'] }),
      'a file': changed(false, { 'event.category': ['file'] }),
      'another system': changed(false, { 'host.os.type': 'windows' }),
    });
  });
});
