/** A scan from rules and files to alerts and a summary: the composition of loading, reading and the engine. */
import { Engine } from '../engine/engine.ts';
import { indexingMatcher, interpretingMatcher } from '../engine/matcher.ts';
import { findInputs, readInputs } from '../ingest/index.ts';
import type { Batch } from '../ingest/types.ts';
import type { Alert } from '../model/alert.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { RunSummary } from '../model/summary.ts';
import { withInputs } from '../rules/load/inputs.ts';
import type { RuleSet } from '../rules/rule.ts';
import { InputTally } from './input-tally.ts';
import { Slices, until } from './interruptible.ts';
import { replayPorts } from './ports.ts';
import { ruleSummary, runnableRules } from './rule-summary.ts';
import { rulesFor } from './rules.ts';
import type { Progress, Scan, ScanListener, ScanOptions } from './types.ts';

export const scan: Scan = async (options, listener, signal) => {
  const started = performance.now();
  const { files } = await findInputs(options.inputs);
  const rules = withInputs(await rulesFor(options.rules, options.filter, options), {
    indicators: (options.engine?.inputs?.indicators.length ?? 0) > 0,
    anomalies: options.anomalies ?? false,
  });
  listener.rulesLoaded?.(rules);
  const sizes = files.map(({ size }) => size);
  const run = new Run(rules, options, listener, { files: files.length, bytes: total(sizes) });
  const slices = new Slices(signal);
  for await (const batch of until(signal, readInputs(options.inputs, options.ingest))) {
    run.begin(batch);
    if (!(await slices.each(batch.events, (event) => run.take(event)))) break;
    run.progress(batch);
  }
  return run.end(performance.now() - started, signal.aborted);
};

interface Expected {
  readonly files: number;
  readonly bytes: number | undefined;
}

/** Undefined when one is not known. */
const total = (sizes: readonly (number | undefined)[]): number | undefined =>
  sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);

class Run {
  readonly #rules: RuleSet;
  readonly #listener: ScanListener;
  readonly #expected: Expected;
  readonly #engine: Engine;
  readonly #input: InputTally;

  constructor(rules: RuleSet, options: ScanOptions, listener: ScanListener, expected: Expected) {
    const { ignoreIndex, interpret } = options;
    const matcher = interpret ? interpretingMatcher : indexingMatcher;
    this.#rules = rules;
    this.#listener = listener;
    this.#expected = expected;
    this.#engine = new Engine(runnableRules(rules), { ...options.engine, matcher, ignoreIndex }, replayPorts);
    this.#input = new InputTally(options);
  }

  begin(batch: Batch): void {
    this.#input.batch(batch);
    for (const refusal of batch.refusals) this.#listener.refused?.(refusal);
  }

  take(event: EventEnvelope): void {
    if (this.#input.accept(event)) this.#tell(this.#engine.take(event));
  }

  progress({ file }: Batch): void {
    const progress: Progress = {
      file,
      filesDone: this.#input.files - 1,
      files: this.#expected.files,
      bytesRead: this.#input.bytes,
      bytesTotal: this.#expected.bytes,
      events: this.#input.events,
      alerts: this.#engine.alertCount,
    };
    this.#listener.progress?.(progress);
  }

  end(milliseconds: number, interrupted: boolean): RunSummary {
    this.#tell(this.#engine.end());
    const { alerts, groups, state, input, rules } = this.#engine.summary();
    return {
      schema: 1,
      input: { ...this.#input.summary(), ...input },
      rules: { ...ruleSummary(this.#rules), ...rules },
      alerts,
      groups,
      state,
      elapsed: this.#elapsed(milliseconds),
      interrupted,
    };
  }

  #elapsed(milliseconds: number): RunSummary['elapsed'] {
    const reading = Math.max(1, milliseconds - this.#rules.milliseconds);
    return {
      milliseconds,
      ruleLoadMilliseconds: this.#rules.milliseconds,
      eventsPerSecond: (this.#input.events / reading) * 1000,
    };
  }

  #tell(alerts: readonly Alert[]): void {
    for (const alert of alerts) this.#listener.alert?.(alert);
  }
}
