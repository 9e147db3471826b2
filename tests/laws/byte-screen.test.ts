/**
 * Records that are only scanned come out as those that are decoded: the same counts, keys, times and documents, and none
 * is passed over that a rule could match. Records are those of the sample, changed in many ways: other values, escapes,
 * characters beyond ASCII, keys with dots, repeated keys, white space, cut and damaged text.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/data/document.ts';
import { indexNameOf } from '../../src/engine/index-name.ts';
import { FieldTally } from '../../src/engine/tally/fields.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { fieldsOf } from '../../src/plan/fold.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { Test } from '../../src/plan/test.ts';
import { accountOf, plain, readBytes } from '../support/ingest.ts';
import { interestOf, renewed, usualEvents } from '../support/interest.ts';
import { lineOfEach, linesThatMayRepeat, words } from './byte-records.ts';
import { law } from './law.ts';

const AUDIT = 'kubernetes.audit';

const paths = words(`
  verb level stage requestURI userAgent sourceIPs user.username user.groups user.extra.a user.extra.c.d.e
  objectRef.name objectRef.namespace objectRef.resource responseStatus.code responseStatus.reason
  annotations.a_b annotations.authorization_k8s_io/decision objectRef requestObject.data.a
  requestObject.data requestObject.spec.token requestObject.metadata.name
  requestObject.spec.containers.image requestObject.items.data.a
  requestObject.spec.containers.0.name responseObject.status.token
  requestObject.a.last-applied-configuration requestObject
`).map((path) => `${AUDIT}.${path}`);
const others = words(`
  event.action event.outcome event.kind event.id user.name user.id user.effective.name
  user_agent.original source.ip client.ip related.user related.ip orchestrator.namespace
  orchestrator.resource.name orchestrator.api_version orchestrator.cluster.name ecs.version
  winnow.request_text winnow.request_patch process.name process.args process.pid message
  process.command_line host.os.type host.os aws.x process.parent tags data_stream.dataset
  winlog.channel rule error.message _index data_stream.namespace kubernetes.pod.name orchestrator.cluster.id user.domain user user.a source.a event.a
  orchestrator.resource.a event.original event.module log.file.path labels.a.b acme.team acme app gcp.audit
  gcp.audit.request.data gcp.audit.name json winnow aws kibana.alert.uuid process_exec.process.name category kind
`);
/** Values that are not told from bytes, but are looked at there. */
const untold = 'event.created';

/** Rare tests on every path, so that most records match nothing and any could. */
const tests: readonly Test[] = [
  { kind: 'text', oneOf: ['evil', '[redacted]'], fold: 'lower' },
  {
    kind: 'pattern',
    oneOf: [
      [{ any: 'many' }, 'vil', { any: 'one' }],
      ['éxq', { any: 'many' }],
      ['Go-', { any: 'many' }],
    ],
    fold: 'exact',
  },
  { kind: 'regexp', oneOf: ['.*(mal|bad)ware.*'], fold: 'ascii' },
  { kind: 'number', oneOf: ['5.0'], strings: 'coerce' },
  { kind: 'ip', blocks: ['203.0.113.0/24'] },
];
const predicates = [...paths, ...others, untold].flatMap((path): Predicate[] => [
  ...tests.map((test): Predicate => ({ kind: 'some', field: { name: path, path }, test })),
  {
    kind: 'and',
    args: [
      { kind: 'exists', field: { name: path, path } },
      { kind: 'some', field: { name: 'a', path: 'process.name' }, test: { kind: 'boolean', is: true } },
    ],
  },
]);
predicates.push({
  kind: 'some',
  field: { name: 'below', path: `${AUDIT}.user.extra`, below: true },
  test: { kind: 'text', oneOf: ['evil'], fold: 'exact' },
});

const matcher = new Matcher(predicates);
const readPaths = predicates.flatMap(fieldsOf).map(({ path }) => String(path));
/** Who reads an event depends on its index. */
function askedOf(document: JsonObject): Uint8Array {
  const index = indexNameOf(document) ?? '';
  const known =
    askedIn.get(index) ?? Uint8Array.from(predicates, (_, at) => ((index.length + at) % 4 === 0 ? 0 : 1));
  askedIn.set(index, known);
  return known;
}
const askedIn = new Map<string, Uint8Array>();
const interest = interestOf(matcher, predicates.length, readPaths, askedOf);
/** One that chose what it looks up by events in which nothing of what the rules ask for is. */
const chosen = renewed(
  interestOf(new Matcher(predicates), predicates.length, readPaths, askedOf),
  usualEvents(),
);

/** How many records were judged from their bytes, of how many, and for how many some condition held. */
interface Count {
  judged: number;
  all: number;
  matched: number;
}
const counts = new Map<string, Count>();

function countOf(name: string): Count {
  const count = counts.get(name) ?? { judged: 0, all: 0, matched: 0 };
  counts.set(name, count);
  return count;
}

/** What was scanned is what would have been decoded. */
function compare(text: string, count: Count): void {
  const usual = readBytes(text);
  const scanned = readBytes(text, { interest });
  const others = readBytes(text, { interest: chosen }).events;
  assert.deepEqual(accountOf(scanned), accountOf(usual), text);
  scanned.events.forEach((event, position) => {
    count.all++;
    assert.deepEqual(plain(event), plain(usual.events[position]), text);
    assert.deepEqual(others[position]?.judged, event.judged, text);
    if (event.judged === undefined) return;
    count.judged++;
    const fields = new FieldTally(readPaths);
    fields.see(event.document);
    assert.equal(event.judged.isRead, fields.eventsWithout === 0, text);
    if (event.judged.holds.length > 0) count.matched++;
    const { rules, undecided } = matcher.match(event.document, 0, askedOf(event.document));
    assert.deepEqual({ rules: event.judged.holds, undecided: [] }, { rules, undecided }, text);
  });
}

for (const [form, line] of Object.entries(lineOfEach))
  law(
    `scanned records come out as decoded ones, and none that a rule could match is passed over: ${form}`,
    [line],
    (text) => compare(`${text}\n`, countOf(form)),
  );

law('what repeats is told from its bytes as it is when decoded', [linesThatMayRepeat], (text) =>
  compare(text, countOf('repeats')),
);

/**
 * What bytes must tell as exactly as documents do: every record is a candidate for all of these. Whether there is a body
 * cannot be told, as it loses parts.
 */
const exact = [...paths, ...others].flatMap((path): Predicate[] => {
  const field = { name: path, path };
  const any: Test = { kind: 'pattern', oneOf: [[{ any: 'many' }]], fold: 'exact' };
  const exists: Predicate[] = /Object(?:$|\.items)/.test(path) ? [] : [{ kind: 'exists', field }];
  const held: Predicate[] = [
    ...exists,
    { kind: 'some', field, test: any },
    { kind: 'some', field, test: { kind: 'pattern', oneOf: [['e', { any: 'many' }]], fold: 'lower' } },
    { kind: 'some', field, test: { kind: 'number', oneOf: ['5', '0'], strings: 'coerce' } },
    { kind: 'some', field, test: { kind: 'boolean', is: false } },
  ];
  return held.map((arg): Predicate => ({ kind: 'not', arg }));
});
const exactMatcher = new Matcher(exact);
const exactInterest = interestOf(
  exactMatcher,
  exact.length,
  exact.flatMap(fieldsOf).map(({ path }) => String(path)),
);

for (const [form, line] of Object.entries(lineOfEach))
  law(
    `conditions that are decided on bytes are decided as on documents: ${form}`,
    [line],
    (text) => {
      const { events } = readBytes(`${text}\n`, { interest: exactInterest });
      const count = countOf(`${form}, every condition asked`);
      for (const { judged, document } of events) {
        count.all++;
        if (judged === undefined) continue;
        count.judged++;
        assert.deepEqual(judged.holds, exactMatcher.match(document, 0).rules, text);
      }
    },
    { cost: 2 },
  );

test('enough records are passed over or decided to tell', (t) => {
  assert.equal(counts.size, 2 * Object.keys(lineOfEach).length + 1);
  for (const [form, { judged, all, matched }] of counts) {
    t.diagnostic(
      `${form}: ${judged} of ${all} records are judged from their bytes; ${matched} of them match`,
    );
    assert.ok(judged > all / 5 && judged < all, form);
  }
  assert.ok(counts.values().every(({ matched }, at) => at > 1 || matched > 0));
});
