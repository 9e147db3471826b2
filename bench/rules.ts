/** Made-up rules with varied literals. */
import { eql } from '../src/lang/eql/index.ts';
import type { Language } from '../src/lang/kit/language.ts';
import { kql } from '../src/lang/kql/index.ts';
import type { Predicate } from '../src/plan/predicate.ts';
import { compileEventQuery } from '../tests/support/checkout.ts';

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
    return compileEventQuery(language, query) ?? fail(query);
  });

/** `count` rules that hold for every event with a time; each asks for something else beside it. */
export const matchingRules = (count: number): Predicate[] =>
  Array.from({ length: count }, (_, i) => {
    const query = `@timestamp: * and not user.name: nobody-${i}`;
    return compileEventQuery(kql, query) ?? fail(query);
  });

function fail(query: string): never {
  throw new Error(`does not compile: ${query}`);
}
