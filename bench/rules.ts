/** Rules to measure with: made-up ones with varied literals, and a checkout of Elastic's when there is one. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { source } from '../src/base/source.ts';
import { builtinFieldTypes } from '../src/data/fields/index.ts';
import { eql } from '../src/lang/eql/index.ts';
import type { Language } from '../src/lang/kit/language.ts';
import { kql } from '../src/lang/kql/index.ts';
import { lucene } from '../src/lang/lucene/index.ts';
import type { Predicate } from '../src/plan/predicate.ts';

type Template = (i: number) => readonly [Language, string];

const templates: readonly Template[] = [
  (i) => [
    kql,
    `event.dataset: kubernetes.audit_logs and event.action: (create or patch) and kubernetes.audit.objectRef.resource: kind${i}`,
  ],
  (i) => [
    kql,
    `kubernetes.audit.objectRef.name: (job-${i} or job-${i}-*) and not user.name: system\\:serviceaccount\\:ns${i}\\:*`,
  ],
  (i) => [
    kql,
    `kubernetes.audit.requestURI: */namespaces/team-${i}/pods/*/exec* and kubernetes.audit.verb: (get or create)`,
  ],
  (i) => [kql, `user.name: contractor-${i} and event.outcome: failure and not source.ip: 10.0.0.0/8`],
  (i) => [
    kql,
    `kubernetes.audit.requestObject.spec.containers.image: (bad${i}/* or evil${i}/miner) and event.outcome: success`,
  ],
  (i) => [
    kql,
    `user_agent.original: (scanner-${i}* or probe-${i}*) and kubernetes.audit.responseStatus.code >= 400`,
  ],
  (i) => [
    eql,
    `process where event.type == "start" and process.name : ("tool${i}", "helper${i}") and process.args : ("-e", "--exec${i}")`,
  ],
  (i) => [
    eql,
    `process where host.os.type == "linux" and process.executable like~ ("/tmp/drop${i}/*", "/var/tmp/drop${i}/*") and not process.parent.name == "dpkg"`,
  ],
  (i) => [
    eql,
    `process where process.parent.name == "nginx" and process.command_line : "*curl*host${i}.example*"`,
  ],
  (i) => [
    eql,
    `any where event.action == "exec" and stringContains(process.command_line, "secret${i}") and length(process.command_line) > 20`,
  ],
];

/** `count` rules, the templates in turn with another literal each. */
export const syntheticRules = (count: number): Predicate[] =>
  Array.from({ length: count }, (_, i) => {
    const template = templates[i % templates.length] as Template;
    const [language, query] = template(i);
    return compiled(language, query) ?? fail(query);
  });

function fail(query: string): never {
  throw new Error(`does not compile: ${query}`);
}

function compiled(language: Language, query: string, eventCategoryField?: string): Predicate | undefined {
  const result = language.compile(source('bench', query), {
    types: builtinFieldTypes,
    ...(eventCategoryField === undefined ? {} : { eventCategoryField }),
  });
  return result.ok && result.value.kind === 'filter' ? result.value.where : undefined;
}

const checkout = new URL('../../shared/corpus/elastic/', import.meta.url);

/** Every rule of the checkout that decides single events; undefined without a checkout. */
export function checkoutRules(): Predicate[] | undefined {
  if (!existsSync(checkout)) return undefined;
  return readdirSync(checkout, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.toml') && !file.includes('_deprecated'))
    .sort()
    .map((file) => checkoutRule(new URL(file, checkout)))
    .filter((predicate) => predicate !== undefined);
}

const languages: Readonly<Record<string, Language>> = { kuery: kql, lucene, eql };

interface RuleKeys {
  readonly query?: string;
  readonly language?: string;
  readonly event_category_override?: string;
}

function checkoutRule(file: URL): Predicate | undefined {
  const { rule } = getStaticTOMLValue(parseTOML(readFileSync(file, 'utf8'))) as { rule?: RuleKeys };
  const language = languages[rule?.language ?? ''];
  if (language === undefined || rule?.query === undefined) return undefined;
  return compiled(language, rule.query, rule.event_category_override);
}
