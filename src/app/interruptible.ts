/** Long work that a signal can end: between two batches, and inside one that takes long. */
import { setImmediate } from 'node:timers/promises';

/**
 * The values of a source until it ends or the signal comes. A source that never answers again (a terminal, an open
 * pipe) is left behind as it is.
 */
export async function* until<T>(signal: AbortSignal, source: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    while (!signal.aborted) {
      const next = await unlessAborted(signal, source.next());
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    if (signal.aborted) void source.return(undefined);
    else await source.return(undefined);
  }
}

/**
 * The answer, or undefined when the signal comes first. Races with one promise for all answers would keep every answer until
 * that promise is settled, which is the whole input.
 */
async function unlessAborted<T>(signal: AbortSignal, answer: Promise<T>): Promise<T | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<T | undefined>();
  const abort = (): void => resolve(undefined);
  signal.addEventListener('abort', abort, { once: true });
  answer.then(resolve, reject);
  if (signal.aborted) abort();
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** The same values; while the source gives none, `idle` is called every so many milliseconds. */
export async function* withIdle<T>(
  source: AsyncGenerator<T>,
  milliseconds: number,
  idle: () => void,
): AsyncGenerator<T> {
  try {
    for (;;) {
      const next = source.next();
      await settled(next, milliseconds, idle);
      const { done, value } = await next;
      if (done === true) return;
      yield value;
    }
  } finally {
    await source.return(undefined);
  }
}

/** Waits until the promise is fulfilled or rejected. Races would pile up on a promise that takes days. */
async function settled(promise: Promise<unknown>, milliseconds: number, idle: () => void): Promise<void> {
  let [isPending, wake] = [true, (): void => undefined];
  const settle = (): void => {
    isPending = false;
    wake();
  };
  promise.then(settle, settle);
  for (;;) {
    const { promise: woken, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    const timer = setTimeout(resolve, milliseconds);
    await woken;
    clearTimeout(timer);
    if (!isPending) return;
    idle();
  }
}

/** Milliseconds of work after which the event loop gets a turn, in which signals arrive. */
const SLICE = 50;

/** What has to happen before more is handled; undefined when nothing has. */
export type Room = () => Promise<void> | undefined;

/** Settled when there is room, or the signal comes; undefined where there is nothing to wait for. */
export function untilRoom(room: Room | undefined, signal: AbortSignal): Promise<void> | undefined {
  const waiting = signal.aborted ? undefined : room?.();
  return waiting && unlessAborted(signal, waiting);
}

/** The items, with a turn of the event loop between them now and then, until the signal comes. */
export class Slices {
  readonly #signal: AbortSignal;
  readonly #room: Room | undefined;
  #since = performance.now();

  /** `room` is asked after each item. */
  constructor(signal: AbortSignal, room?: Room) {
    this.#signal = signal;
    this.#room = room;
  }

  /** Handles the items in order; false when the signal came before the last one. */
  async each<T>(items: readonly T[], handle: (item: T) => void): Promise<boolean> {
    for (const item of items) {
      if (performance.now() - this.#since > SLICE) await this.#pause();
      if (this.#signal.aborted) return false;
      handle(item);
      const room = untilRoom(this.#room, this.#signal);
      if (room !== undefined) await room;
    }
    return true;
  }

  async #pause(): Promise<void> {
    await setImmediate();
    this.#since = performance.now();
  }
}
