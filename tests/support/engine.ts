/** Rules and events for tests of the engine, without reading files. */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../src/data/document.ts';
import type { Ports } from '../../src/engine/ports.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { RuleOf } from '../../src/rules/format/schema.ts';
import type { LoadedRule } from '../../src/rules/rule.ts';

export const ports: Ports = {
  detectionTime: (eventTime) => eventTime,
  digest: (text) => createHash('sha256').update(text).digest('hex'),
};

type Keys = Partial<RuleOf<'query'>>;

/** A runnable KQL rule. */
export function rule(where: Predicate, keys: Keys = {}): LoadedRule {
  const id = keys.rule_id ?? '00000000-0000-4000-8000-000000000001';
  return {
    file: `rules/${id}.toml`,
    document: {
      metadata: { creation_date: '2026/01/02', updated_date: '2026/03/04' },
      rule: {
        rule_id: id,
        name: 'A rule',
        description: 'What it looks for.',
        author: ['Winnow'],
        risk_score: 47,
        severity: 'medium',
        type: 'query',
        language: 'kuery',
        query: 'written: here',
        ...keys,
      },
      leftovers: [],
    },
    plan: { kind: 'filter', where, pipes: [] },
    status: { runnable: true },
    diagnostics: [],
  };
}

export const isText = (path: string, ...oneOf: readonly string[]): Predicate => ({
  kind: 'some',
  field: { name: path, path },
  test: { kind: 'text', oneOf, fold: 'exact' },
});

let lines = 0;

export function event(document: JsonObject, envelope: Partial<EventEnvelope> = {}): EventEnvelope {
  const time = document['@timestamp'];
  return {
    key: `event-${++lines}`,
    time: typeof time === 'string' ? Date.parse(time) : undefined,
    document,
    origin: { file: 'audit.log', line: lines },
    ...envelope,
  };
}

interface Request {
  readonly verb?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly stage?: string;
  readonly name?: string;
}

/** A request to the API server, as the way in hands it over. */
export const request = ({
  verb = 'get',
  resource = 'pods',
  subresource,
  stage = 'ResponseComplete',
  name = 'cart',
}: Request = {}): JsonObject => ({
  '@timestamp': '2026-03-02T09:05:43.012Z',
  data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'default' },
  event: { kind: 'event', module: 'kubernetes', action: verb, outcome: 'success' },
  user: { name: 'dev.alice' },
  user_agent: { original: 'kubectl/v1.33.2 (linux/amd64) kubernetes/a57b6f7' },
  source: { ip: ['198.51.100.23'] },
  kubernetes: {
    audit: {
      stage,
      verb,
      requestURI: `/api/v1/namespaces/shop/${resource}/${name}${subresource === undefined ? '' : `/${subresource}`}`,
      user: { username: 'dev.alice' },
      sourceIPs: ['198.51.100.23'],
      objectRef: { resource, namespace: 'shop', name, ...(subresource === undefined ? {} : { subresource }) },
      responseStatus: { code: 200 },
      annotations: { 'authorization_k8s_io/decision': 'allow' },
    },
  },
});
