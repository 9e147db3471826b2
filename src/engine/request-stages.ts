/**
 * One request to the Kubernetes API can be logged at several stages, each of which a rule can match (kubernetes §1.3,
 * §8.1). Detections of one rule on different stages of one request become one; the same stage twice is two requests,
 * whatever they call themselves. A detection that may still meet another stage is held back: until the last stage
 * came, the input ended, or `limits.heldAlerts` were held, of which the oldest then goes as it is.
 */
import type { EventEnvelope } from '../model/event.ts';
import type { LoadedRule } from '../rules/rule.ts';
import { AuditEvent } from './audit-event.ts';
import type { Detection } from './detection.ts';
import { limits } from './limits.ts';
import type { Memory } from './memory.ts';
import { listOf, withoutRule } from './memory.ts';

interface Held {
  readonly key: string;
  readonly detection: Detection;
  /** In the order of `STAGES`. */
  readonly stages: readonly Stage[];
}

interface HeldEntry {
  readonly number: number;
  readonly key: string;
  readonly detection: Omit<Detection, 'rule'>;
  readonly stages: readonly Stage[];
}

/** In the order in which a request goes through them. */
const STAGES = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const;
type Stage = (typeof STAGES)[number];

/** Requests that answer before they end, and so are logged at `ResponseStarted` as well. */
const LONG_RUNNING_VERBS: ReadonlySet<string> = new Set(['watch', 'proxy']);
const LONG_RUNNING_SUBRESOURCES: ReadonlySet<string> = new Set([
  'attach',
  'exec',
  'portforward',
  'log',
  'proxy',
]);

export class StageFolder {
  readonly #limit: number;
  /** In the order of detection; several under one key when a stage came twice. */
  readonly #held = new Map<number, Held>();
  readonly #byKey = new Map<string, readonly number[]>();
  #next = 0;

  /** Stages that went into the detection of another stage of the same request. */
  folded = 0;
  /** Detections that had to go before the end of input because too many were held. */
  releasedEarly = 0;

  constructor(limit: number = limits.heldAlerts) {
    this.#limit = limit;
  }

  /** Takes a detection over one event; gives back what is now final. */
  take(detection: Detection): Detection[] {
    const [event] = detection.events;
    const stage = stageOf(event);
    const { requestKey } = event;
    if (requestKey === undefined || stage === undefined) return [detection];
    const key = `${detection.rule.document.rule.rule_id}\n${requestKey}\n${rowKey(detection)}`;
    const number = this.#waitingFor(key, stage);
    const held = number === undefined ? undefined : this.#held.get(number);
    const whole = held === undefined ? { key, detection, stages: [stage] } : joined(held, detection, stage);
    if (held !== undefined) this.folded++;
    if (!isWhole(whole, event)) return this.#hold(whole, number);
    if (number !== undefined) this.#release(number);
    return [whole.detection];
  }

  /** The end of input: everything that is still held, in the order of detection, let go of as it is taken. */
  *end(): Generator<Detection> {
    this.#byKey.clear();
    for (const [number, { detection }] of this.#held) {
      this.#held.delete(number);
      yield detection;
    }
  }

  memory(): Memory {
    const held = [...this.#held].map(([number, { key, detection, stages }]): HeldEntry => ({
      number,
      key,
      detection: withoutRule(detection),
      stages,
    }));
    return { lists: { stages: held } };
  }

  /** `ruleOf` gives the rule of a detection by its id; undefined when it is not to be restored. */
  restore(memory: Memory, ruleOf: (id: string) => LoadedRule | undefined): void {
    for (const { number, key, detection, stages } of listOf(memory, 'stages') as HeldEntry[]) {
      const rule = ruleOf(key.slice(0, key.indexOf('\n')));
      if (rule === undefined) continue;
      this.#held.set(number, { key, detection: { rule, ...detection }, stages });
      this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), number]);
      this.#next = Math.max(this.#next, number + 1);
    }
  }

  #waitingFor(key: string, stage: Stage): number | undefined {
    return this.#byKey.get(key)?.find((number) => this.#held.get(number)?.stages.includes(stage) === false);
  }

  #hold(held: Held, number: number | undefined): Detection[] {
    if (number !== undefined) {
      this.#held.set(number, held);
      return [];
    }
    const added = this.#next++;
    this.#held.set(added, held);
    this.#byKey.set(held.key, [...(this.#byKey.get(held.key) ?? []), added]);
    return this.#held.size > this.#limit ? this.#releaseOldest() : [];
  }

  #releaseOldest(): Detection[] {
    const [oldest] = this.#held.keys();
    if (oldest === undefined) return [];
    this.releasedEarly++;
    return this.#release(oldest);
  }

  #release(number: number): Detection[] {
    const held = this.#held.get(number);
    if (held === undefined) return [];
    this.#held.delete(number);
    const others = (this.#byKey.get(held.key) ?? []).filter((other) => other !== number);
    if (others.length === 0) this.#byKey.delete(held.key);
    else this.#byKey.set(held.key, others);
    return [held.detection];
  }
}

/** Rows that a query made of one event are not stages of one another. */
const rowKey = ({ row }: Detection): string => (row === undefined ? '' : row.expanded.join('\n'));

function stageOf({ document }: EventEnvelope): Stage | undefined {
  const written = AuditEvent.in(document)?.text('stage');
  return STAGES.find((stage) => stage === written);
}

/** Both, the earlier stage first: it is there in every run that sees the request at all, so it gives the id. */
function joined(held: Held, detection: Detection, stage: Stage): Held {
  const {
    rule,
    events: [event],
    at: run,
  } = detection;
  const at = held.stages.findIndex((other) => STAGES.indexOf(other) > STAGES.indexOf(stage));
  const position = at === -1 ? held.stages.length : at;
  const { row } = position === 0 ? detection : held.detection;
  const events = held.detection.events.toSpliced(position, 0, event) as unknown as Detection['events'];
  return {
    key: held.key,
    detection: {
      rule,
      events,
      ...(row === undefined ? {} : { row }),
      ...(run === undefined ? {} : { at: run }),
    },
    stages: held.stages.toSpliced(position, 0, stage),
  };
}

/**
 * No other stage can come: the request has ended, and started to answer if it is of the kind that does; or it failed
 * to authenticate, which is logged once.
 */
function isWhole({ stages }: Held, { document }: EventEnvelope): boolean {
  const event = AuditEvent.in(document);
  if (event === undefined || stages.includes('Panic') || isUnauthenticated(event)) return true;
  if (!stages.includes('ResponseComplete')) return false;
  return !isLongRunning(event) || stages.includes('ResponseStarted');
}

const isUnauthenticated = (event: AuditEvent): boolean =>
  event.user === undefined && event.text('responseStatus.code') === '401';

function isLongRunning(event: AuditEvent): boolean {
  const subresource = event.text('objectRef.subresource');
  return (
    LONG_RUNNING_VERBS.has(event.text('verb') ?? '') ||
    (subresource !== undefined && LONG_RUNNING_SUBRESOURCES.has(subresource))
  );
}
