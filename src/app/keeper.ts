/**
 * Lets a scan go on where an earlier one ended, or was killed. Alerts are told when the checkpoint that holds their events
 * is written: an alert that was told is never found again, and one that was not is told by the next run.
 */
import { dirname, relative } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { Kept, StateStore } from '../engine/ports.ts';
import type { Restored } from '../engine/snapshot.ts';
import { parseJson } from '../ingest/decode/json.ts';
import type { Alert } from '../model/alert.ts';
import type { EventEnvelope, IdleEvents } from '../model/event.ts';
import type { ResumedSummary } from '../model/summary.ts';
import type { LoadedRule } from '../rules/rule.ts';
import { AlertsFile } from '../store/alerts-file.ts';
import type { StateSettings } from '../store/sqlite/state-file.ts';
import { damaged, openStateFile, StateFileError } from '../store/sqlite/state-file.ts';
import type { Taken, TakenOf } from './positions.ts';
import { Positions } from './positions.ts';
import type { ScanListener, StateOptions } from './types.ts';

/** While nothing comes, what waits for a checkpoint is looked for as often as this. */
export const IDLE_MILLISECONDS = 500;
/** Writing checkpoints takes at most about this part of the time. */
const SHARE = 1 / 10;
const CHECKPOINT_MILLISECONDS = 1000;

const NOTHING: Restored = { anew: [], otherExceptions: [] };
const nameOf = ({ document }: LoadedRule): string => document.rule.name;

interface KeeperOptions extends StateOptions {
  readonly settings: StateSettings;
  /** The file of alerts. */
  readonly alerts: string | undefined;
}

export class Keeper {
  readonly #engine: Engine;
  readonly #store: StateStore;
  readonly #listener: ScanListener;
  readonly #positions: Positions;
  readonly #isDue: () => boolean;
  readonly #untold: readonly Alert[];
  /** What a run found that this one goes on from. */
  readonly isResumed: boolean;
  readonly #restored: Restored;
  readonly #alertsFile: AlertsFile | undefined;
  #found: Alert[] = [];
  #due = 0;
  /** Something was taken since the last checkpoint. */
  #isBehind = false;

  /** @throws StateFileError, AlertsFileError */
  constructor(options: KeeperOptions, engine: Engine, listener: ScanListener) {
    this.#engine = engine;
    this.#listener = listener;
    this.#isDue = options.isDue ?? (() => performance.now() >= this.#due);
    this.#store = openStateFile(options.file, options.settings, valueOf);
    const kept = this.#store.load();
    this.isResumed = kept !== undefined;
    this.#restored = kept === undefined ? NOTHING : this.#restore(kept, options.file);
    this.#positions = new Positions(kept?.positions);
    this.#untold = kept?.untold ?? [];
    this.#alertsFile = options.alerts === undefined ? undefined : this.#writeTo(options.alerts, options.file);
    this.#due = performance.now() + CHECKPOINT_MILLISECONDS;
  }

  /** Tells what an earlier run found and told nobody of. */
  begin(): void {
    for (const alert of this.#untold) this.#tell(alert);
  }

  /** Whether the event is to be taken, or was taken already. */
  accepts(event: EventEnvelope): Taken {
    this.#isBehind = true;
    return this.#positions.take(event);
  }

  acceptsIdle(events: IdleEvents): TakenOf {
    return this.#positions.takeIdle(events);
  }

  hold(alerts: readonly Alert[]): void {
    this.#found.push(...alerts);
  }

  /** Writes a checkpoint when it is time for one. */
  pause(): void {
    if (this.#isDue()) this.checkpoint();
  }

  /** Nothing came for a while: what was taken last does not wait for what comes next. */
  idle(): void {
    if (this.#isBehind) this.pause();
  }

  checkpoint(): void {
    this.#isBehind = false;
    const began = performance.now();
    const alerts = this.#found;
    this.#found = [];
    const unknown = this.#store.commit({
      engine: this.#engine.snapshot(),
      tallies: this.#engine.tallies(),
      positions: this.#positions.list(),
      alerts,
    });
    for (const alert of unknown) this.#tell(alert);
    const now = performance.now();
    this.#due = now + Math.max(CHECKPOINT_MILLISECONDS, (now - began) / SHARE);
  }

  /** `open` unless no more input comes; files can only be compared with what was taken of them when all was read. */
  summary(open: boolean, interrupted: boolean): ResumedSummary {
    return {
      passed: this.#positions.passed,
      retold: this.#untold.length,
      anew: this.#restored.anew.map(nameOf),
      otherExceptions: this.#restored.otherExceptions.map(nameOf),
      changed: interrupted ? [] : this.#positions.changed(),
      open,
      ...(this.#alertsFile?.wasGone === true ? { alertsFileGone: true } : {}),
    };
  }

  /** `told` unless the run ended before the listener could say everything. */
  close(told: boolean): void {
    if (told) this.#store.toldAll();
    this.#alertsFile?.close();
    this.#store.close();
  }

  /** Known by its place from the state file, so that both can be moved together. */
  #writeTo(path: string, stateFile: string): AlertsFile {
    const name = relative(dirname(stateFile), path);
    try {
      const file = AlertsFile.goingOn(path, name, this.#store.written(name));
      this.#store.writeTo(file);
      return file;
    } catch (error) {
      this.#store.close();
      throw error;
    }
  }

  #tell(alert: Alert): void {
    this.#listener.alert?.(alert);
    if (this.#listener.tellsAtTheEnd !== true) this.#store.told(alert);
  }

  /** Whatever cannot be read as what we write is damage. */
  #restore({ engine, tallies }: Kept, file: string): Restored {
    try {
      const restored = this.#engine.restore(engine);
      this.#engine.restoreTallies(tallies);
      return restored;
    } catch (error) {
      this.#store.close();
      throw error instanceof StateFileError ? error : damaged(file);
    }
  }
}

/** What we wrote ourselves. */
function valueOf(text: string): unknown {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(`The state cannot be read: ${parsed.why}`);
  return parsed.value;
}
