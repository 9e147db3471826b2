/** The program `winnow`: gives the command line the process that it runs in, and the process its exit code. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Piece } from '../model/alert-parts.ts';
import { Blocks } from './blocks.ts';
import { ExitCode } from './exit.ts';
import { runCli, sayOutputLost } from './run.ts';
import { services } from './services.ts';
import type { Output, Terminal } from './terminal.ts';

const signals = { SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated } as const;

/** The first signal asks for an orderly end with what there is; a second one does not wait for it. */
function abortOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(code);
      controller.abort(signal);
    });
  }
  return controller.signal;
}

async function drained(stream: NodeJS.WriteStream): Promise<void> {
  await once(stream, 'drain');
}

type ProcessStream = NodeJS.WriteStream & { readonly fd: number };

const output = (stream: ProcessStream, write: Pick<Output, 'write' | 'flush'>): Output => ({
  ...write,
  room: () => (stream.writableNeedDrain ? drained(stream) : undefined),
  isTerminal: isatty(stream.fd),
  columns: isatty(stream.fd) ? stream.columns : undefined,
  stream,
});

const blocks = new Blocks(process.stdout, (error) => failed(process.stdout, error));
const flush = (): void => blocks.flush();

/** In blocks, unless somebody looks on. */
function standardOutput(): Output {
  const write = (text: Piece): void => {
    blocks.write(text);
    if (process.stdout.isTTY) flush();
  };
  return output(process.stdout, { write, flush });
}

/** Whatever was written before stands before it, also where both are one file. */
function standardError(): Output {
  const write = (text: Piece): void => {
    flush();
    process.stderr.write(String(text), (error) => failed(process.stderr, error));
  };
  return output(process.stderr, { write });
}

/**
 * A reader that went away (`| head`) is no error to speak of, but the output is not whole. Data that cannot be written is
 * worth no further work; what cannot be said beside it does not stop it.
 */
function failed(stream: NodeJS.WriteStream, error: NodeJS.ErrnoException | null | undefined): void {
  if (error === null || error === undefined) return;
  if (error.code === 'EPIPE') process.exit(ExitCode.readerGone);
  if (stream === process.stdout) process.exit(sayOutputLost(error, terminal));
}

/** Lies at the same place above `src` and above `dist`. */
function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

const terminal: Terminal = {
  stdout: standardOutput(),
  stderr: standardError(),
  stdinIsTerminal: isatty(process.stdin.fd),
  environment: process.env,
  exists: existsSync,
  readText: (path) => readFileSync(path, 'utf8'),
  now: Date.now,
  signal: abortOnSignal(),
};

process.on('exit', flush);
for (const stream of [process.stdout, process.stderr]) stream.on('error', (error) => failed(stream, error));
const code = await runCli(process.argv.slice(2), terminal, services, ownVersion());
// Standard input may still be open: the process ends when all that was written has left it, not when input ends.
flush();
process.stdout.write('', (error) => {
  failed(process.stdout, error);
  process.stderr.write('', () => process.exit(code));
});
