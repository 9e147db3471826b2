/** What is judged from its bytes and what has to be decoded; law tests hold both against one another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf, auditEvent, lines, plain, readBytes } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import type { JsonObject } from '../../../data/document.ts';
import { indexNameOf } from '../../../engine/index-name.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import type { IngestOptions } from '../../types.ts';

const PATHS = [
  'kubernetes.audit.verb',
  'kubernetes.audit.objectRef.name',
  'kubernetes.pod.name',
  'event.action',
  'event.category',
  'event.kind',
  'event.original',
  'message',
  'log.file.path',
  'data_stream.namespace',
  'data_stream.a',
  'orchestrator.cluster.name',
  'orchestrator.cluster.id',
  'orchestrator.resource.name',
  'user.name',
  'user.domain',
  'source.ip',
  'related.user',
  'x.y',
];
/** Each path is asked for each of these, and for nothing of the kind. */
const TEXTS = [
  'here',
  'get',
  'jane@corp.example',
  'alert',
  'event',
  'prod',
  'default',
  'edge',
  '192.0.2.10',
  '',
];
const predicates = PATHS.flatMap((path) =>
  TEXTS.map((text): Predicate => {
    const field = { name: path, path };
    return {
      kind: 'not',
      arg: { kind: 'some', field, test: { kind: 'text', oneOf: [text], fold: 'exact' } },
    };
  }),
);
const matcher = new Matcher(predicates);
/** One condition is not asked of events in the namespace `prod`. */
const inProd = Uint8Array.from(predicates, (_, at) => (at === 3 ? 0 : 1));
const elsewhere = new Uint8Array(predicates.length).fill(1);
const askedOf = (document: JsonObject): Uint8Array =>
  indexNameOf(document)?.endsWith('-prod') === true ? inProd : elsewhere;
const interest = interestOf(matcher, predicates.length, PATHS, askedOf);
/** Nobody asks for anything that is there. */
const idle = interestOf(
  new Matcher([
    {
      kind: 'some',
      field: { name: 'x', path: 'process.name' },
      test: { kind: 'text', oneOf: ['nowhere'], fold: 'exact' },
    },
  ]),
  1,
  ['event.kind'],
);

/** How the last of the records was read, which comes out as when it is decoded. */
function reading(text: string, options: Partial<IngestOptions>): string {
  const usual = readBytes(text, options);
  const scanned = readBytes(text, { ...options, interest });
  for (const batch of [scanned, readBytes(text, { ...options, interest: idle })]) {
    assert.deepEqual(accountOf(batch), accountOf(usual));
    assert.deepEqual(batch.events.map(plain), usual.events.map(plain));
  }
  for (const { judged, document } of scanned.events)
    if (judged !== undefined)
      assert.deepEqual(judged.holds, matcher.match(document, 0, askedOf(document)).rules);
  const last = scanned.events.at(-1);
  if (scanned.refusals.length > 0) return 'refused';
  return last === undefined ? 'left out' : last.judged === undefined ? 'decoded' : 'judged';
}

const READ_AT = { '@timestamp': '2026-03-02T11:00:00.123Z' };
const audit = auditEvent();
const carried = (around: JsonObject = {}, event: JsonObject = audit): JsonObject => ({
  ...READ_AT,
  kubernetes: { audit: event },
  ...around,
});
const withAudit = (changes: JsonObject): JsonObject => carried({}, auditEvent(changes));
const text = (record: JsonObject): string => JSON.stringify(record);
const spaced = (record: JsonObject): string => JSON.stringify(record, undefined, 1).replaceAll('\n', ' ');
const at = (record: JsonObject, what: string, instead: string): string => text(record).replace(what, instead);

const plainDocument: JsonObject = { ...READ_AT, event: { kind: 'event' }, user: { name: 'here' } };
const wrapped = (written: string, stream = 'stdout'): string =>
  `2026-03-02T09:05:43.012904123Z ${stream} F ${written}\n`;
const part = (stream: string, written: string): string => wrapped(written, stream).replace(' F ', ' P ');
const inParts = (stream: string, written: string): string =>
  part(stream, written.slice(0, 100)) + wrapped(written.slice(100), stream);
const withId = (id: string): JsonObject => ({ ...plainDocument, event: { kind: 'event', id } });
const inStream = (namespace: string | undefined): JsonObject => ({
  ...plainDocument,
  data_stream: {
    type: 'logs',
    dataset: 'endpoint.events.process',
    ...(namespace === undefined ? {} : { namespace }),
  },
});
const hit = (document: JsonObject, around: JsonObject = {}): JsonObject => ({
  _index: 'logs-a-default',
  _id: '1',
  _source: document,
  ...around,
});

/** Other streams than that of audit events are left out. */
const fromAuthenticator: JsonObject = {
  aws: { cloudwatch: { log_group: '/aws/eks/c/cluster', log_stream: 'authenticator-1' } },
  message: text(audit),
};

type Row = readonly [
  name: string,
  record: JsonObject | string,
  how: string,
  options?: Partial<IngestOptions>,
];

const rows: readonly Row[] = [
  ['nothing else around it', carried(), 'judged'],
  [
    'what agents put around it',
    carried({ log: { offset: 1, file: { path: 'here' } }, input: { type: 'log' } }),
    'judged',
  ],
  ['white space', spaced(carried()), 'judged'],
  [
    'its text beside it',
    carried({ message: text(audit), event: { original: text(audit), kind: 'alert' } }),
    'judged',
  ],
  ['objects in place of its text', carried({ message: { data: 'e30=' } }), 'refused'],
  ['a text of which nothing is known', carried({ message: { x: 'e30=' } }), 'decoded'],
  [
    'copies of its own',
    carried({ user: { name: 'here', domain: 'here' }, source: { ip: 'here' } }),
    'judged',
  ],
  [
    'copies where it says nothing',
    carried({ user: { name: 'here' }, related: { user: ['here', 'here'] } }, auditEvent({ user: {} })),
    'judged',
  ],
  [
    'addresses that are none',
    carried({ source: { ip: '192.0.2.10' } }, auditEvent({ sourceIPs: ['192.0.2.1', 'here'] })),
    'judged',
  ],
  ['lists of objects in place of objects', carried({ user: [{ domain: 'here' }] }), 'decoded'],
  ['a text in place of an object', carried({ user: 'here' }), 'decoded'],
  ['an object in place of a text', carried({ user: { name: { x: 'here' } } }), 'decoded'],
  ['null in their places', carried({ user: null, source: { ip: null }, event: null }), 'judged'],
  ['null where its cluster stands', carried({ orchestrator: null }), 'decoded'],
  ['empty texts', carried({ user: { domain: '' }, kubernetes: { pod: { name: '' }, audit } }, {}), 'judged'],
  ['empty texts of its own', withAudit({ verb: '', objectRef: { name: '' }, userAgent: '' }), 'judged'],
  ['keys with dots around it', carried({ 'user.domain': 'here' }), 'decoded'],
  ['keys with dots inside', carried({ user: { 'x.a': 'here' } }), 'judged'],
  ['keys with dots that rules may read', carried({ user: { 'domain.a': 'here' } }), 'decoded'],
  ['itself under a key with a dot', { ...READ_AT, 'kubernetes.audit': audit }, 'decoded'],
  ['itself in pieces', { ...READ_AT, kubernetes: { 'audit.verb': 'get', audit } }, 'decoded'],
  [
    'a set of fields that envelopes know',
    carried({ aws: { cloudwatch: { log_group: '/aws/eks/c/cluster' } } }),
    'decoded',
  ],
  ['a namespace', carried({ data_stream: { namespace: 'prod' } }), 'judged'],
  ['an empty namespace', carried({ data_stream: { namespace: '', type: 'here' } }), 'judged'],
  ['a namespace that is no text', carried({ data_stream: { namespace: 5 } }), 'decoded'],
  ['other fields of the data stream', carried({ data_stream: { namespace: 'prod', a: 'here' } }), 'decoded'],
  ['a cluster', carried({ orchestrator: { cluster: { name: 'edge', id: 'here' } } }), 'judged'],
  [
    'a cluster, and another one',
    carried({ orchestrator: { cluster: { name: 'edge' } } }),
    'judged',
    { cluster: 'here' },
  ],
  [
    'an empty cluster, and another one',
    carried({ orchestrator: { cluster: { name: '' } } }),
    'judged',
    { cluster: 'here' },
  ],
  ['a cluster from outside', carried(), 'judged', { cluster: 'here' }],
  ['a cluster that is no text', carried({ orchestrator: { cluster: { name: 5 } } }), 'decoded'],
  ['the first stage', withAudit({ stage: 'RequestReceived' }), 'left out'],
  ['the first stage, kept', withAudit({ stage: 'RequestReceived' }), 'judged', { keepRequestReceived: true }],
  [
    'the stage of another copy',
    at(carried(), '"audit":{', '"audit":{"stage":"RequestReceived"},"audit":{'),
    'decoded',
  ],
  ['a copy behind it', at(carried(), '}}}}', '}},"audit":{"verb":"here","requestURI":"/"}}}'), 'decoded'],
  [
    'another set of fields behind it',
    at(carried(), '}}}}', '}}},"kubernetes":{"pod":{"name":"here"}}}'),
    'decoded',
  ],
  ['other spellings of keys', at(carried(), '"audit"', '"aud\\u0069t"'), 'decoded'],
  ['no id of its own', withAudit({ auditID: undefined }), 'decoded'],
  ['no kind', withAudit({ kind: undefined }), 'decoded'],
  ['another kind', withAudit({ kind: 'Pod', apiVersion: 'v1' }), 'decoded'],
  ['no verb', withAudit({ verb: undefined }), 'decoded'],
  ['no time', withAudit({ stageTimestamp: undefined }), 'decoded'],
  ['no time around it', { kubernetes: { audit } }, 'decoded'],
  ['a list of events', carried({}, [audit] as unknown as JsonObject), 'decoded'],
  ['a body that is a list', withAudit({ requestObject: [{ op: 'add', path: '/x', value: 1 }] }), 'decoded'],
  ['a body', withAudit({ requestObject: { data: { a: 'here' }, metadata: { name: 'here' } } }), 'judged'],
  ['a list around it', { ...READ_AT, kubernetes: [{ audit }] }, 'decoded'],
  [
    'others for another namespace',
    lines(carried({ data_stream: { namespace: 'prod' } }), withAudit({ auditID: 'b' })),
    'judged',
  ],
  ['once more with white space', `${JSON.stringify(carried())}\n${spaced(carried())}`, 'judged'],
  ['once more', lines(carried(), carried()), 'judged'],
  ['once more, in other surroundings', lines(carried(), carried({ tags: ['here'] })), 'judged'],
  ['the same id, another event', lines(carried(), withAudit({ verb: 'here' })), 'judged'],
  ['as it was written, and in a document', lines(audit, carried()), 'judged'],
  ['a document of a single source', { ...READ_AT, ...fromAuthenticator, event: { kind: 'event' } }, 'judged'],
  ['one that no pipeline made', { ...READ_AT, ...fromAuthenticator }, 'left out'],
  [
    'a document with the fields of a log',
    { ...READ_AT, event: { kind: 'event' }, log: { file: { path: 'here' } }, stream: 'stdout' },
    'judged',
  ],
  ['a search hit', hit(carried()), 'judged'],
  [
    'a search hit with all that searches may give',
    hit(carried(), { _score: null, sort: [1], fields: { x: 1 } }),
    'judged',
  ],
  [
    'a search hit of another document',
    hit({ ...READ_AT, event: { kind: 'event' }, message: 'here' }),
    'judged',
  ],
  [
    'search hits of two indices',
    lines(hit(plainDocument), hit(plainDocument, { _index: '.ds-a-b-prod-2026.03.02-000001', _id: '2' })),
    'judged',
  ],
  ['the same search hit', lines(hit(plainDocument), hit(plainDocument)), 'judged'],
  ['a document of two indices', lines(hit(plainDocument), hit(plainDocument, { _index: 'other' })), 'judged'],
  ['a document under two ids', lines(hit(plainDocument), hit(plainDocument, { _id: '2' })), 'judged'],
  [
    'a search hit with white space, and without',
    lines(spaced(hit(plainDocument)), hit(plainDocument)),
    'judged',
  ],
  ['a search hit with fields that were left out', hit(carried(), { _ignored: ['message'] }), 'decoded'],
  ['a search hit without an id', hit(plainDocument, { _id: undefined }), 'decoded'],
  [
    'a search hit with an empty id',
    hit({ ...READ_AT, event: { kind: 'event', id: 'e' } }, { _id: '' }),
    'decoded',
  ],
  ['a search hit without an index', hit(plainDocument, { _index: undefined }), 'decoded'],
  [
    'a search hit with two documents',
    at(
      hit(plainDocument),
      '{',
      '{"_source":{"@timestamp":"2026-03-02T11:00:00.123Z","event":{"kind":"here"}},',
    ),
    'decoded',
  ],
  ['what is no search hit', hit(plainDocument, { records: [] }), 'left out'],
  ['search hits taken as they stand', hit(plainDocument), 'decoded', { shape: 'ecs' }],
  [
    'a search hit with an empty document behind it',
    at(hit(plainDocument), '}}}', '}},"_source":{"labels":{}}}'),
    'refused',
  ],
  ['a line of a runtime', wrapped(text(audit)), 'judged'],
  ['a document in such a line', wrapped(text(plainDocument), 'stderr'), 'judged'],
  ['such a line with white space at its end', wrapped(`${text(plainDocument)} `), 'decoded'],
  ['such a line that ends as in other systems', wrapped(`${text(plainDocument)}\r`), 'decoded'],
  ['such lines with the same document', wrapped(text(plainDocument)) + lines(plainDocument), 'judged'],
  ['such lines with the same event', lines(audit) + wrapped(text(audit)), 'judged'],
  ['a line in parts', inParts('stdout', text(audit)), 'decoded'],
  ['a line behind a part of another stream', part('stdout', '{') + wrapped(text(audit), 'stderr'), 'refused'],
  [
    'a line behind a part that is not one with it',
    part('stderr', '{') + wrapped(text(audit), 'stderr'),
    'refused',
  ],
  ['a line of the other stream', part('stderr', '{') + wrapped(text(audit), 'stdout'), 'refused'],
  [
    'a line behind one in parts',
    inParts('stderr', text(audit)) + wrapped(text(plainDocument), 'stderr'),
    'judged',
  ],
  ['a list in such a line', wrapped(`[${text(audit)}]`), 'decoded'],
  ['a text in such a line', wrapped('I0302 started'), 'refused'],
  ['nothing in such a line', wrapped(''), 'refused'],
  ['a record that is cut, in such a line', wrapped(text(audit).slice(0, -9)), 'refused'],
  ['such a line in such a line', wrapped(wrapped(text(audit)).trimEnd()), 'decoded'],
  ['taken as it stands', carried(), 'decoded', { shape: 'ecs' }],
  ['a document without an id, twice', lines(plainDocument, plainDocument), 'judged'],
  ['a document with an id, twice', lines(withId('1'), withId('1')), 'judged'],
  [
    'documents of indices whose names end otherwise',
    lines(...['prod', 'test', 'prod'].map(inStream)),
    'judged',
  ],
  ['an empty namespace, and none', lines(inStream(''), inStream(undefined), inStream('prod')), 'judged'],
  [
    'sets of fields that ECS does not know',
    { ...plainDocument, x: { y: 'here' }, acme: [1, { a: {} }] },
    'judged',
  ],
  ['such sets around an event', carried({ x: { y: 'here' }, acme: null, app: 'here' }), 'judged'],
  ['such sets in a search hit', hit({ ...plainDocument, x: { y: ['here'] }, app: 5 }), 'judged'],
  ['such sets under keys with dots', { ...plainDocument, 'x.y': 'here', 'acme.team.a': 1 }, 'judged'],
  ['such sets around an event under keys with dots', carried({ 'x.y': 'here' }), 'decoded'],
  ['copies under keys with dots', carried({ 'log.file.path': 'here' }), 'decoded'],
  ['fields of what reading looks for', { ...plainDocument, 'event.action': 'here' }, 'decoded'],
  ['keys of other forms of records', { ...plainDocument, category: 'here' }, 'decoded'],
  ['a list of records in a document', { ...plainDocument, records: [audit] }, 'decoded'],
  ['what Tetragon writes', { ...plainDocument, process_exec: { process: { pid: 1 } } }, 'decoded'],
  ['keys that begin as those of Tetragon', { ...plainDocument, process_x: 1, 'process_y.z': 1 }, 'decoded'],
  ['an index beside the document', { ...plainDocument, _index: 'here' }, 'decoded'],
  ['an alert', { ...plainDocument, kibana: { alert: { uuid: 'here' } } }, 'decoded'],
  ['fields of alerts', { ...plainDocument, kibana: { alert: { x: 'here' } } }, 'judged'],
  [
    'a body in a log of another cloud',
    { ...plainDocument, gcp: { audit: { request: { x: 'here' } } } },
    'decoded',
  ],
  ['no body in it', { ...plainDocument, gcp: { audit: { x: 'here' } } }, 'judged'],
  ['taken for an audit event', carried(), 'judged', { shape: 'audit' }],
  ['with its text', carried(), 'decoded', { keepOriginal: true }],
];

for (const [name, record, how, options = {}] of rows)
  test(`${name}: ${how}`, () => {
    const whole = typeof record === 'string' ? `${record.replace(/\n$/, '')}\n` : lines(record);
    assert.equal(reading(whole, options), how);
  });
