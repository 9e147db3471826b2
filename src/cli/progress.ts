/** How far a run has come: a bar on a terminal, a plain line every few seconds elsewhere. Never on standard output. */
import cliProgress from 'cli-progress';
import type { Progress } from '../app/types.ts';
import type { Output, Terminal } from './terminal.ts';
import { columnsOf } from './terminal.ts';
import { bytes, duration, number, plural } from './text/format.ts';
import { truncate } from './text/layout.ts';
import { safe } from './text/safe.ts';

export interface ProgressView {
  /** All is prepared and reading begins: from here on counts the rate. */
  begin(): void;
  update(progress: Progress): void;
  /** Takes the bar away; nothing may be printed before. */
  stop(): void;
}

const noProgress: ProgressView = { begin: () => {}, update: () => {}, stop: () => {} };

interface ViewOptions {
  readonly quiet: boolean;
  /** Something else is written to the terminal at the same time. */
  readonly isShared: boolean;
  /** What is done before reading begins. */
  readonly before: string;
}

/** A bar on a terminal where nothing else is written at the same time, lines where there is none. */
export function progressView(
  { stderr, environment, now }: Terminal,
  { quiet, isShared, before }: ViewOptions,
): ProgressView {
  if (quiet) return noProgress;
  if (!stderr.isTerminal || stderr.stream === undefined) return progressLines(stderr, now);
  return isShared ? noProgress : progressBar(stderr.stream, columnsOf(stderr, environment), { now, before });
}

const SECONDS_BETWEEN_LINES = 5;

/** A line every few seconds; a run shorter than that prints none. */
export function progressLines(output: Output, now: () => number): ProgressView {
  let started = now();
  let next = started + SECONDS_BETWEEN_LINES * 1000;
  return {
    begin: () => void (started = now()),
    update(progress) {
      if (now() < next) return;
      next = now() + SECONDS_BETWEEN_LINES * 1000;
      output.write(`winnow: ${progressText(progress, now() - started)}, in ${safe(progress.file)}\n`);
    },
    stop: () => {},
  };
}

const BAR_WIDTH = 20;

/** A bar that is redrawn in place. `stream` must be a terminal. */
export function progressBar(
  stream: NodeJS.WritableStream,
  width: number,
  { now, before }: Pick<Terminal, 'now'> & Pick<ViewOptions, 'before'>,
): ProgressView {
  let started = now();
  let latest: Progress | undefined;
  const text = () => (latest === undefined ? before : barText(latest, now() - started));
  const bar = new cliProgress.SingleBar({
    format: () => truncate(text(), width - 1),
    stream,
    clearOnComplete: true,
    gracefulExit: false,
    forceRedraw: true,
  });
  bar.start(1, 0);
  return {
    begin: () => void (started = now()),
    update(progress) {
      latest = progress;
      bar.update(fraction(progress) ?? 0);
    },
    stop: () => bar.stop(),
  };
}

function barText(progress: Progress, elapsed: number): string {
  const done = fraction(progress);
  if (done === undefined) return progressText(progress, elapsed);
  const full = Math.round(done * BAR_WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${progressText(progress, elapsed)}`;
}

/** How much of the input has been read; undefined when its size is not known (a pipe). */
function fraction({ bytesRead, bytesTotal }: Progress): number | undefined {
  return bytesTotal === undefined || bytesTotal === 0 ? undefined : Math.min(1, bytesRead / bytesTotal);
}

/** `30 % of 41.2 MB, 20,481 events, 45,000/s, 3 s left, 7 alerts`. */
export function progressText(progress: Progress, elapsed: number): string {
  const { bytesRead, bytesTotal, events, alerts } = progress;
  const done = fraction(progress);
  const perSecond = elapsed > 0 ? (events * 1000) / elapsed : 0;
  return [
    done === undefined ? bytes(bytesRead) : `${Math.floor(done * 100)} % of ${bytes(bytesTotal ?? 0)}`,
    plural(events, 'event'),
    `${number(perSecond)}/s`,
    ...(done === undefined || done === 0 ? [] : [`${timeLeft((elapsed * (1 - done)) / done)} left`]),
    ...(alerts === undefined ? [] : [plural(alerts, 'alert')]),
  ].join(', ');
}

/** To the second: it is a guess. */
const timeLeft = (milliseconds: number): string =>
  milliseconds < 60_000 ? `${Math.ceil(milliseconds / 1000)} s` : duration(milliseconds);
