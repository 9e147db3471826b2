/**
 * Conditions as two programs write them: as a rule in KQL or EQL, and as a Sigma rule. Sigma compares texts without
 * case, so KQL is asked for what events only write one way. Sigma rules have the names of fields that are usual there; a
 * pipeline says what they are called in ECS.
 */
import { stringify } from 'yaml';

export type PairKind = 'audit' | 'linux';

interface Pair {
  readonly query: string;
  /** Names of selections and what they ask for, and `condition`. */
  readonly detection: Readonly<Record<string, unknown>>;
}

/** Written in both ways, as texts of files. */
export interface PairedRule {
  readonly id: string;
  readonly toml: string;
  readonly sigma: string;
}

type Template = (i: number) => Pair;

const hex = (i: number): string => (i % 16).toString(16);

/** The last of each kind finds something once in about 45,000 (audit) and 9,600 (Linux) events; the others find nothing. */
const templates: Readonly<Record<PairKind, readonly Template[]>> = {
  audit: [
    (i) => ({
      query: `kubernetes.audit.verb: (create or patch) and kubernetes.audit.objectRef.resource: kind${i}`,
      detection: {
        selection: { verb: ['create', 'patch'], 'objectRef.resource': `kind${i}` },
        condition: 'selection',
      },
    }),
    (i) => ({
      query: `kubernetes.audit.objectRef.name: job-${i}-* and not kubernetes.audit.user.username: system\\:serviceaccount\\:ns${i}\\:*`,
      detection: {
        selection: { 'objectRef.name|startswith': `job-${i}-` },
        filter: { 'user.username|startswith': `system:serviceaccount:ns${i}:` },
        condition: 'selection and not filter',
      },
    }),
    (i) => ({
      query: `kubernetes.audit.requestURI: */namespaces/team-${i}/pods/*/exec* and kubernetes.audit.verb: (get or create)`,
      detection: {
        selection: { requestURI: `*/namespaces/team-${i}/pods/*/exec*`, verb: ['get', 'create'] },
        condition: 'selection',
      },
    }),
    (i) => ({
      query: `kubernetes.audit.user.username: contractor-${i} and kubernetes.audit.responseStatus.code >= 400`,
      detection: {
        selection: { 'user.username': `contractor-${i}`, 'responseStatus.code|gte': 400 },
        condition: 'selection',
      },
    }),
    (i) => ({
      query: `kubernetes.audit.userAgent: (scanner-${i}* or *probe-${i}*) and kubernetes.audit.objectRef.resource: (secrets or configmaps)`,
      detection: {
        agent: [{ 'userAgent|startswith': `scanner-${i}` }, { 'userAgent|contains': `probe-${i}` }],
        resource: { 'objectRef.resource': ['secrets', 'configmaps'] },
        condition: 'agent and resource',
      },
    }),
    (i) => ({
      query: `kubernetes.audit.verb: delete and kubernetes.audit.objectRef.name: secrets-${i % 500}-*`,
      detection: {
        selection: { verb: 'delete', 'objectRef.name|startswith': `secrets-${i % 500}-` },
        condition: 'selection',
      },
    }),
  ],
  linux: [
    (i) => ({
      query: `process where process.executable : ("*/tool${i}", "*/helper${i}") and process.command_line : "*--exec${i}*"`,
      detection: {
        selection: {
          'Image|endswith': [`/tool${i}`, `/helper${i}`],
          'CommandLine|contains': `--exec${i}`,
        },
        condition: 'selection',
      },
    }),
    (i) => ({
      query: `process where process.executable : ("/tmp/drop${i}/*", "/var/tmp/drop${i}/*") and not process.parent.executable : "*/dpkg"`,
      detection: {
        selection: { 'Image|startswith': [`/tmp/drop${i}/`, `/var/tmp/drop${i}/`] },
        filter: { 'ParentImage|endswith': '/dpkg' },
        condition: 'selection and not filter',
      },
    }),
    (i) => ({
      query: `process where process.parent.executable : "*/nginx" and process.command_line : "*curl*" and process.command_line : "*host${i}.example*"`,
      detection: {
        selection: {
          'ParentImage|endswith': '/nginx',
          'CommandLine|contains|all': ['curl', `host${i}.example`],
        },
        condition: 'selection',
      },
    }),
    (i) => ({
      query: `process where user.name : "root" and (process.command_line : "*secret${i}*" or process.executable : "*/steal${i}")`,
      detection: {
        user: { User: 'root' },
        process: [{ 'CommandLine|contains': `secret${i}` }, { 'Image|endswith': `/steal${i}` }],
        condition: 'user and process',
      },
    }),
    (i) => ({
      query: `process where process.executable : ("*/sh", "*/bash") and process.command_line regex ".*stage[0-9]+-${i}\\\\.(sh|py).*"`,
      detection: {
        selection: {
          'Image|endswith': ['/sh', '/bash'],
          'CommandLine|re': `stage[0-9]+-${i}\\.(sh|py)`,
        },
        condition: 'selection',
      },
    }),
    (i) => ({
      query: `process where process.executable : "*/curl" and process.command_line : "*--option-${i % 50} /srv/data/${hex(i)}*"`,
      detection: {
        selection: {
          'Image|endswith': '/curl',
          'CommandLine|contains': `--option-${i % 50} /srv/data/${hex(i)}`,
        },
        condition: 'selection',
      },
    }),
  ],
};

/** What one event in ten (audit) and in three (Linux) matches, each of ten rules a part of them. */
const frequent: Readonly<Record<PairKind, Template>> = {
  audit: (i) => ({
    query: `kubernetes.audit.verb: delete and kubernetes.audit.objectRef.name: *-*${i % 10}-*`,
    detection: {
      selection: { verb: 'delete', 'objectRef.name': `*-*${i % 10}-*` },
      condition: 'selection',
    },
  }),
  linux: (i) => ({
    query: `process where event.action == "exec" and process.command_line : "*--option-*${i % 10} *"`,
    detection: {
      selection: { 'event.action': 'exec', 'CommandLine|contains': [`--option-*${i % 10} `] },
      condition: 'selection',
    },
  }),
};

const sources = {
  audit: {
    language: 'kuery',
    type: 'query',
    index: 'logs-kubernetes.audit_logs-*',
    logsource: { product: 'kubernetes', service: 'audit' },
  },
  linux: {
    language: 'eql',
    type: 'eql',
    index: 'logs-endpoint.events.process-*',
    logsource: { product: 'linux', category: 'process_creation' },
  },
} as const;

const inEcs = {
  audit: {
    verb: 'kubernetes.audit.verb',
    requestURI: 'kubernetes.audit.requestURI',
    userAgent: 'kubernetes.audit.userAgent',
    'user.username': 'kubernetes.audit.user.username',
    'objectRef.name': 'kubernetes.audit.objectRef.name',
    'objectRef.resource': 'kubernetes.audit.objectRef.resource',
    'responseStatus.code': 'kubernetes.audit.responseStatus.code',
  },
  linux: {
    Image: 'process.executable',
    CommandLine: 'process.command_line',
    ParentImage: 'process.parent.executable',
    User: 'user.name',
  },
} as const;

/** The processing pipeline that gives Sigma's fields their names in ECS. */
export const pipelineOf = (kind: PairKind): string =>
  stringify({
    name: `Fields of ${kind} events in ECS`,
    priority: 10,
    transformations: [{ id: 'fields', type: 'field_name_mapping', mapping: inEcs[kind] }],
  });

/** `count` rules, the templates in turn with another literal each; or such as many events match. */
export const pairedRules = (kind: PairKind, count: number, areFrequent: boolean): readonly PairedRule[] =>
  Array.from({ length: count }, (_, i) => {
    const own = templates[kind];
    const template = areFrequent ? frequent[kind] : (own[i % own.length] as Template);
    return written(kind, i, template(i));
  });

function written(kind: PairKind, i: number, { query, detection }: Pair): PairedRule {
  const id = `7b1c9a52-0b51-4d5e-8f0e-${String(i).padStart(12, '0')}`;
  const { language, type, index, logsource } = sources[kind];
  const title = `Pair ${i}`;
  const sigma = stringify({ title, id, status: 'test', level: 'medium', logsource, detection });
  return { id, sigma, toml: tomlOf({ rule_id: id, name: title, language, type, query }, index) };
}

/** As many alerts as there are matches: `max_signals` is for people. */
const tomlOf = (texts: Readonly<Record<string, string>>, index: string): string =>
  [
    '[rule]',
    ...Object.entries(texts).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
    'description = "A condition that another program has, too."',
    'author = ["Winnow"]',
    'severity = "medium"',
    'risk_score = 47',
    'max_signals = 1000000',
    `index = ["${index}"]`,
    '',
  ].join('\n');
