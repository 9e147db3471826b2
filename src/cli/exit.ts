/** The exit codes of `winnow`, in one place: scripts and CI jobs depend on them, so a number never changes its meaning. */

export const ExitCode = {
  nothingFound: 0,
  findings: 1,
  badInput: 2,
  usage: 3,
  fault: 70,
  interrupted: 130,
  readerGone: 141,
  terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What `--help` and the reference page say about each code. */
export const exitCodeMeanings: readonly { readonly code: ExitCode; readonly meaning: string }[] = [
  {
    code: ExitCode.nothingFound,
    meaning: 'nothing found at or above --fail-on (refused records are counted, they are no failure)',
  },
  { code: ExitCode.findings, meaning: 'findings at or above --fail-on, or a rule test that failed' },
  {
    code: ExitCode.badInput,
    meaning:
      'a rule file is faulty, a path does not exist or cannot be read to its end (and there is no finding), or the output cannot be written',
  },
  { code: ExitCode.usage, meaning: 'wrong command, option or setting; nothing was run' },
  { code: ExitCode.fault, meaning: 'a fault in Winnow itself' },
  { code: ExitCode.interrupted, meaning: 'interrupted (Ctrl-C); what was done until then has been reported' },
  { code: ExitCode.readerGone, meaning: 'whoever read the output went away, as in `winnow scan … | head`' },
  { code: ExitCode.terminated, meaning: 'terminated (SIGTERM); what was done until then has been reported' },
];

/** A file that the operating system did not let be read to its end, that is damaged, or that is no text: what it holds is not known. */
export const UNREADABLE: ReadonlySet<string> = new Set(['INP002', 'INP003', 'INP015', 'INP019']);

export const interruptedBy = ({ reason }: AbortSignal): ExitCode =>
  reason === 'SIGTERM' ? ExitCode.terminated : ExitCode.interrupted;
