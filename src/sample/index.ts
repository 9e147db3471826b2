/**
 * A day in the life of a cluster, made up from a seed: the same seed gives the same bytes. About twenty thousand audit
 * events and about a thousand container events, an attack hidden among them.
 */
import type { JsonObject } from '../data/document.ts';
import type { TimedEvent } from './audit.ts';
import { auditEvents } from './audit.ts';
import { backgroundRequests } from './background.ts';
import { seededRandom } from './random.ts';
import { runtimeEvents } from './runtime.ts';
import { attackRequests } from './story.ts';

export interface Sample {
  /** Raw `audit.k8s.io/v1` events, in order of time. */
  readonly audit: readonly JsonObject[];
  /** ECS documents of container processes and files, in order of time. */
  readonly containers: readonly JsonObject[];
}

const DEFAULT_SEED = 20260302;

const DAY_START = Date.UTC(2026, 2, 2);
/** The date that every event of every sample has. */
export const SAMPLE_DAY = '2026-03-02';

export function makeSample(seed: number = DEFAULT_SEED): Sample {
  const random = seededRandom(seed);
  const requests = [...backgroundRequests(random), ...attackRequests()];
  return {
    audit: inOrder(requests.flatMap((request) => auditEvents(request, DAY_START, random))),
    containers: inOrder(runtimeEvents(DAY_START, random)),
  };
}

const inOrder = (events: readonly TimedEvent[]): JsonObject[] =>
  events.toSorted((a, b) => a.time - b.time).map((e) => e.event);
