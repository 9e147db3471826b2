import { defineMessages } from './define.ts';

export const runMessages = defineMessages({
  RUN001: {
    severity: 'warning',
    title: 'The run was interrupted',
    why: 'A signal (Ctrl-C) ended the run before all input was read. The summary covers what was read until then.',
    fix: 'Run it again, on fewer files or with fewer rules (`--rule`, `--severity`) if it takes too long.',
  },
  RUN002: {
    severity: 'error',
    title: 'The rule has no condition on single events',
    why: 'Only a query that decides each event by itself can be explained event by event. A rule whose query does not compile, is in a language that Winnow does not read yet, or asks for several events together has none.',
    fix: '`winnow rules list` says why a rule does not run, and `winnow rules show` shows it.',
  },
  RUN003: {
    severity: 'error',
    title: 'No event was found there',
    why: 'None of the events that were read stands at the given line or has the given key. A record can be left out on purpose (a `RequestReceived` stage, the byte-equal repeat of another record) or be refused.',
    fix: 'Count lines from 1 in the file as it is after decompression. `--show-refused` lists the records that could not be used.',
  },
  RUN004: {
    severity: 'error',
    title: 'The state file cannot be used',
    why: 'A state file belongs to one scan at a time and to the settings that it was made with: what is remembered in one mode, or with one lateness, means nothing in another. It may also be no state file at all, or one of another version of Winnow.',
    fix: 'Give the same `--mode` and `--lateness` as before, wait for the other scan to end, or name a new file: the scan then starts from the beginning.',
  },
  RUN005: {
    severity: 'error',
    title: 'The rule remembers nothing',
    why: 'Only rules that judge several events together have a memory to look into: sequences, samples, thresholds, new terms, and rules that suppress alerts.',
    fix: 'Leave `--key` out: `winnow explain` then says clause by clause why the rule fires for an event or does not. `winnow rules list` says why a rule does not run.',
  },
  RUN010: {
    severity: 'error',
    title: 'The query asks for several events together',
    why: 'A sequence, a sample, or a query with pipes needs the memory and the windows of a rule.',
    fix: 'Write it into a rule, and run that with `winnow scan --rules FILE`.',
  },
});
