/** Lines for the laws about bytes: records of every form that is read from its bytes, changed in many ways. */
import * as fc from 'fast-check';
import { eventLines } from '../../bench/events.ts';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { isObject } from '../../src/data/document.ts';
import { makeSample } from '../../src/sample/index.ts';
import { documentsOf } from '../support/ingest.ts';

export const words = (text: string): string[] => text.trim().split(/\s+/);

const audit = makeSample().audit.slice(0, 400);
const linux = eventLines('linux', 40).map((line) => JSON.parse(line) as JsonObject);

/** What agents and pipelines put around an event. */
const around: readonly JsonObject[] = [
  { '@timestamp': '2026-03-02T11:00:00.000Z' },
  {
    '@timestamp': '2026-03-02T11:00:00.123Z',
    agent: { id: 'a', type: 'filebeat', version: '9.1.0' },
    data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'prod' },
    ecs: { version: '8.17.0' },
    elastic_agent: { id: 'a', snapshot: false },
    event: { kind: 'event', category: ['configuration'], id: 'e1', ingested: '2026-03-02T11:00:01Z' },
    host: { name: 'n1', os: { type: 'linux' } },
    input: { type: 'filestream' },
    log: { file: { path: '/var/log/audit.log' }, offset: 7 },
    kubernetes: { pod: { name: 'p1' } },
    orchestrator: { cluster: { name: 'edge', id: '1' } },
    tags: ['evil'],
  },
  {
    '@timestamp': '2026-03-02T11:00:00.123Z',
    event: { original: '{"evil":1}', outcome: 'unknown', created: '2026-03-02T10:59:59Z' },
    message: 'evil',
    orchestrator: { cluster: { name: '' }, resource: { name: 'evil' } },
    user: { name: 'evil', id: '5', effective: { name: 'x' }, domain: 'd' },
    source: { ip: '203.0.113.7', port: 5 },
    client: { ip: ['203.0.113.7', '10.0.0.1'] },
    related: { user: ['evil', 'evil', 'x'], ip: ['203.0.113.7'] },
    user_agent: { original: 'Go-http-client/2.0', name: 'evil' },
  },
];

function underscored(record: JsonObject): JsonObject {
  const annotations = Object.entries(record.annotations ?? {});
  const renamed = annotations.map(([key, text]) => [key.replaceAll('.', '_'), text] as const);
  return { ...record, annotations: Object.fromEntries(renamed) };
}

/** The event alone in a document, and one as it comes from an index, with what is copied from the event. */
const carried = audit.flatMap((record, i) => {
  const event = i % 9 === 0 ? { ...record, stage: 'RequestReceived' } : record;
  const [document = {}] = documentsOf(record);
  const outer = around[i % around.length] as JsonObject;
  const kubernetes = { ...(outer.kubernetes as JsonObject), audit: underscored(event) };
  return [
    { ...outer, kubernetes },
    { ...document, ...outer, kubernetes },
  ];
});

const scalar = fc.constantFrom<JsonValue>(
  'evil',
  'EVIL',
  'Go-http',
  'x',
  '',
  'éxqy',
  'a"b\\c',
  'some malware\n',
  '[redacted]',
  '203.0.113.7',
  '5',
  '\u212avil',
  '😀',
  null,
  true,
  false,
  5,
  0,
  -1,
  1e21,
  0.5,
);
const value = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('any'), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(
        fc.constantFrom(
          'a',
          'name',
          'data',
          'token',
          'a.b',
          'é',
          'image',
          'metadata',
          'c.d.e',
          'c',
          'd.e',
          'c.d',
        ),
        tie('any'),
        { maxKeys: 3 },
      ),
    },
  ),
})).any;

const places = words(`
  verb kind apiVersion stage auditID stageTimestamp requestURI sourceIPs x user user.username
  user.extra user.extra.c-d-e user.extra.c-d user.extra.a-b objectRef objectRef.name annotations annotations.a-b requestObject requestObject.data
  requestObject.spec requestObject.items responseObject responseStatus.code
  impersonatedUser.username userAgent message event event.kind event.id process process.name
  process.args data_stream agent.type @timestamp log kubernetes kubernetes.audit host.os
  host.os.type event.original protoPayload tags log.file.path stream rule output_fields aws.cloudwatch.log_stream
  winlog.channel winlog error.message acme acme.team acme-team.a app app-id __proto__ __proto__.a output_fields.a
  job_id result_type items records Records events logEvents messageType awslogs.data category operationName AuditId
  RequestUri log_s Category hits.hits _source _index process_exec process_exec.process process_exec.process.name node_name
  gcp.audit.request.data gcp.audit.name gcp-audit.request.data azure.platformlogs.properties.log.requestObject.data
  kibana.alert.uuid kibana.alert-uuid index.a create host-os-type process-name
`);
const placesAround = words(`
  event event.kind event.action event.outcome event.id event.original event.created event.module user user.name
  user.id user.name.a user.effective user.effective.name user_agent user_agent.original source source.ip
  client.ip related related.user related.ip orchestrator orchestrator.type orchestrator.namespace
  orchestrator.resource orchestrator.resource.name orchestrator.cluster orchestrator.cluster.name
  orchestrator.api_version ecs ecs.version data_stream data_stream.namespace data_stream.dataset
  data_stream.a message message.data log input kubernetes kubernetes.pod.name kubernetes.audit @timestamp
  kubernetes-audit-verb process process.name tags user-name cloud.provider aws.cloudwatch.log_group host.os
  host.os.type x verb _id _index winnow.request_text event-original json labels.a-b labels.a acme acme.team acme-team
  app log-file-path MESSAGE aws aws.cloudwatch __proto__ __proto__.a process_exec gcp.audit.request.data
  kibana.alert.uuid kind items records events category
`);
const placesOfCarried = [
  ...placesAround,
  ...places.slice(0, places.indexOf('message')).map((place) => `kubernetes.audit.${place}`),
];

/** At a path of keys; a dot in a key is written as `-`. */
function withValue(record: JsonObject, place: string, changed: JsonValue): JsonObject {
  const [first = '', ...rest] = place.split('.');
  const key = first.replaceAll('-', '.');
  const inner = record[key];
  const below =
    rest.length === 0 ? changed : withValue(isObject(inner) ? inner : {}, rest.join('.'), changed);
  return { ...record, [key]: below };
}

const record = (bases: readonly JsonObject[], placesToSet: readonly string[]): fc.Arbitrary<JsonObject> =>
  fc
    .tuple(
      fc.constantFrom(...bases),
      fc.array(fc.tuple(fc.constantFrom(...placesToSet), value), { maxLength: 2 }),
    )
    .map(([base, changes]) =>
      changes.reduce((made, [place, changed]) => withValue(made, place, changed), base),
    );

type Edit = (text: string, at: number) => string;
const edits: readonly Edit[] = [
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at),
  (text, at) => `${text.slice(0, at)}\\u0065${text.slice(at + 1)}`,
  (text, at) => `${text.slice(0, at)}\u0001${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}é${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)},${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}}${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}0${text.slice(at)}`,
  (text) => text.replaceAll(/([:,])"/g, '$1 "'),
  (text) => text.replaceAll('":', '"\t: '),
  (text) => `${text}  \r`,
  (text) => `${text}x`,
  (text) => text.replace('{', '{"stage":"Panic",'),
  (text) => text.replace(/\}$/, ',"verb":"evil","event":{"kind":"evil"}}'),
  (text) => text.replace(/\}$/, ',"user":{"username":"evil"},"objectRef.name":"evil"}'),
  (text) => text.replaceAll('e', '\\u0065'),
  (text) => text.replace('"kubernetes":{', '"kubernetes":{"pod":{"name":"evil"},"audit":{"stage":"Panic"},'),
  (text) => text.replace(/\}$/, ',"kubernetes":{"pod":{"name":"evil"}}}'),
  (text) => text.replace(/\}$/, ',"orchestrator":{},"data_stream":{"type":"evil"}}'),
  (text) => text.replace('"audit":{', '"audit":{"verb":"evil","a":1,"a":2,'),
];
const change = fc.tuple(fc.nat(), fc.nat({ max: 1e6 }));
const edited = (text: string, changes: readonly (readonly [number, number])[]): string =>
  changes.reduce((made, [edit, at]) => {
    const change = edit % 3 === 0 ? edits[((edit / 3) % edits.length) | 0] : undefined;
    return change === undefined ? made : change(made, at % (made.length + 1));
  }, text);

const lineOf = (records: fc.Arbitrary<JsonObject>): fc.Arbitrary<string> =>
  fc
    .tuple(records, fc.array(change, { maxLength: 2 }))
    .map(([base, changes]) => edited(JSON.stringify(base), changes));

/** As Elasticsearch gives documents back. */
const hits = [...linux, ...linux, ...carried].map((document, i) => ({
  _index: i % 2 === 0 ? '.ds-logs-a-prod-2026.03.02-000001' : 'logs-b-default',
  _id: `i${i % 50}`,
  _score: i % 3 === 0 ? null : 1,
  _source: document,
}));
const placesOfHits = [
  ...words('_index _id _score _ignored _source fields sort stage verb _source._index _source._id'),
  ...placesOfCarried.map((place) => `_source.${place}`),
];

/** Lines by the form of their records. */
export const lineOfEach = {
  'as they were written, or in ECS': lineOf(record([...audit, ...linux], places)),
  'audit events in ECS': lineOf(record(carried, placesOfCarried)),
  'search hits': lineOf(record(hits, placesOfHits)),
};

/** Lines that may be repeats of one another: the same event in different words, around it or in it, or other events. */
export const linesThatMayRepeat: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...audit, ...carried.slice(0, 200)),
    fc.array(
      fc.record({
        around: fc.option(fc.constantFrom(...around)),
        isHit: fc.boolean(),
        change: fc.option(fc.tuple(fc.constantFrom('verb', 'auditID', 'x', 'userAgent'), value)),
        edit: fc.option(change),
      }),
      { minLength: 2, maxLength: 4 },
    ),
  )
  .map(([base, copies]) =>
    copies
      .map(({ around: outer, isHit, change: changed, edit }) => {
        const event = isObject(base.kubernetes) ? (base.kubernetes.audit as JsonObject) : base;
        const inner = changed === null ? event : withValue(event, changed[0], changed[1]);
        const document = outer === null ? inner : { ...outer, kubernetes: { audit: inner } };
        const record = isHit ? { _index: 'logs-a-b', _id: '1', _source: document } : document;
        return `${edited(JSON.stringify(record), edit === null ? [] : [edit])}\n`;
      })
      .join(''),
  );
