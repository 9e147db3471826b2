/**
 * A benign behaviour: something that administrators, controllers and tools do and that rules take for an attack. Written
 * by us, one a file under `content/behaviours`; statements harvested from rule sets are gathered below it.
 */
import type { JsonObject } from '../../data/document.ts';
import type { Grade } from '../../model/benign.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Gathering } from './gather.ts';

/** Who does it. */
export const actorClasses = [
  'admin',
  'automation',
  'autoscaler',
  'backup',
  'ci',
  'cloud-service',
  'configuration-management',
  'control-plane',
  'deployment-tool',
  'developer',
  'gitops',
  'help-desk',
  'monitoring',
  'node',
  'operator',
  'security-tool',
  'tester',
  'user',
  'workload',
] as const;
export type ActorClass = (typeof actorClasses)[number];

/** Why it looks like an attack: the families of false positives (false-positives §1.1). */
export const families = [
  'administration',
  'automation',
  'backup-or-migration',
  'cloud-service',
  'development',
  'install-or-update',
  'kubernetes',
  'misconfiguration',
  'monitoring',
  'new-or-rare-activity',
  'penetration-test',
  'rule-logic',
  'security-tool',
  'third-party-software',
  'user-behaviour',
] as const;
export type Family = (typeof families)[number];

/** Where it is seen. */
export const dataSources = [
  'aws',
  'azure',
  'container',
  'gcp',
  'github',
  'google-workspace',
  'kubernetes',
  'linux',
  'macos',
  'microsoft-365',
  'network',
  'okta',
  'web',
  'windows',
] as const;
export type DataSource = (typeof dataSources)[number];

export { grades } from '../../model/benign.ts';
export type { Grade } from '../../model/benign.ts';

export interface Behaviour {
  /** `BP-0012`: never given to another behaviour. */
  readonly id: string;
  /** At most 80 characters, in sentence case. */
  readonly title: string;
  readonly summary: string;
  /** What stands in the logs when it happens. */
  readonly looksLike: string;
  /** Questions whose answers tell it from an attack. */
  readonly tellApart: readonly string[];
  /** How an attacker uses it as a cover, and what would still give the attacker away. */
  readonly hiding: string;
  readonly actor: ActorClass;
  readonly families: readonly Family[];
  /** ATT&CK ids of what it is mistaken for. */
  readonly techniques: readonly string[];
  readonly dataSources: readonly DataSource[];
  readonly gathers: Gathering;
  readonly profile?: Profile;
  readonly file: string;
}

/** A behaviour that can be told from the fields of one event. */
export interface Profile {
  readonly language: 'kuery' | 'eql';
  /** The query as written, with `{{name}}` where a parameter's values go. */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  /** The query with the values in their places. */
  readonly query: string;
  readonly where: Predicate;
  /** How hard the event is to forge: that of the weakest field that the profile needs. */
  readonly grade: Grade;
  /** The fields that it needs, the weakest first. */
  readonly restsOn: readonly Evidence[];
  /** Events that it matches, and events that look alike and that it must not match; at least two of each. */
  readonly matches: readonly ProfileCase[];
  readonly differs: readonly ProfileCase[];
}

/** A field, how much it is worth in this profile, and why. */
export interface Evidence {
  readonly field: string;
  readonly grade: Grade;
  readonly reason: string;
}

export const parameterTypes = ['string', 'list', 'ip', 'cidr'] as const;
export type ParameterType = (typeof parameterTypes)[number];

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly describe: string;
  /** What stands in the query: one text of a `string`, one or more of the others. */
  readonly values: readonly string[];
}

export interface ProfileCase {
  readonly name: string;
  /** The record as it would stand in a log. */
  readonly record: JsonObject;
  /** One-based line of the behaviour's file. */
  readonly line: number;
}
