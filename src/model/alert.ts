/**
 * One alert, as Kibana's detection engine writes it (engine A9), with what Winnow adds under `winnow`. The document is
 * a public format: golden files hold it byte for byte, and `winnow.schema` counts its versions.
 */
import type { JsonObject } from '../data/document.ts';
import type { Explanation } from './benign.ts';
import type { Origin } from './event.ts';

/** Version of the alert document: grows when a field changes its meaning or goes away. */
export const ALERT_SCHEMA = 2;

export type Severity = 'low' | 'medium' | 'high' | 'critical';

export const severities: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

export interface Alert {
  /** Stable: the same rule over the same event gives the same id in every run. */
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly severity: Severity;
  readonly riskScore: number;
  /** Event time, milliseconds since the epoch. */
  readonly time: number | undefined;
  /** What the alerts of one group share, for the table: rule and acting entity. */
  readonly entity: Entity;
  readonly reason: string;
  readonly buildingBlock: boolean;
  /** Of a sequence: the id of the alert about all of it, and on those about one event the event's place, from 0. */
  readonly group?: { readonly id: string; readonly index?: number };
  /** A candidate that no language model has confirmed: `winnow.lead` of its document. */
  readonly lead?: true;
  /** The exception that keeps it out of groups and exit codes; absent for an alert that counts. */
  readonly excepted?: Excepted;
  /** Profiles of benign behaviours that fit its events, those that explain all of it first; absent when none does. */
  readonly explanations?: readonly Explanation[];
  /** The records that it came from, the first one first; both stages of one request when both matched. */
  readonly sources: readonly Origin[];
  /** The whole document, `@timestamp` to `winnow`. */
  readonly document: JsonObject;
}

/** The item of an exception list that an alert fits (engine A7): `winnow.excepted` of its document. */
export interface Excepted {
  readonly list: string;
  readonly item: string;
  readonly name: string;
  /** Who answers for it; Elastic's formats do not tell. */
  readonly owner?: string;
  readonly reason?: string;
  /** ISO 8601. */
  readonly expires?: string;
}

/** Who did it and to what, as far as the event tells: what a person groups alerts by. */
export interface Entity {
  /** `user.name`, else the process's container or host. */
  readonly actor: string;
  /** `secrets/kube-system/token`, a pod, a file path, or the empty string. */
  readonly target: string;
}
