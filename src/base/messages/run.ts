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
    fix: 'For a rule that asks for several events together, `winnow explain --key VALUE` runs it over all the files and says what it waits for. `winnow rules list` says why a rule does not run, and `winnow rules show` shows it.',
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
    why: 'Only rules that judge several events together have a memory to look into: sequences, samples, thresholds, new terms, and rules that suppress alerts. Of the others `--key` tells what excepted their alerts, if they have exceptions.',
    fix: 'Leave `--key` out: `winnow explain` then says clause by clause why the rule fires for an event or does not. `winnow rules list` says why a rule does not run.',
  },
  RUN006: {
    severity: 'error',
    title: 'The language model cannot be asked',
    why: 'COMPLETION over HTTP needs an address and the name of a model. A key goes only where nobody can read it on the way: to https, or to this machine. An address that holds a password would show it wherever it is printed.',
    fix: 'Give `--completion-url https://…/v1` and `--completion-model NAME`, and put the key into the environment variable `WINNOW_COMPLETION_KEY`.',
  },
  RUN007: {
    severity: 'error',
    title: 'The query asks a language model',
    why: 'COMPLETION sends a text of the logs to a language model. Winnow does so only when it is told to, and whom to ask.',
    fix: 'Choose with `--completion`: `prefilter` shows the rows that would be asked about, `fixture` answers out of a file, `http` asks a server.',
  },
  RUN011: {
    severity: 'error',
    title: 'The answers for COMPLETION cannot be used',
    why: 'With `--completion fixture`, a file answers in place of a language model: a list of entries in JSON, of which the first one answers whose texts all stand in the prompt.',
    fix: 'Write `[{ "contains": ["curl"], "answer": "verdict=TP confidence=0.9 summary=…" }, { "answer": "…" }]`; an entry without `contains` answers everything.',
  },
  RUN012: {
    severity: 'error',
    title: 'A table cannot be used',
    why: 'ENRICH and LOOKUP JOIN read tables that are given by name: CSV whose first row names the columns, or a JSON object a row. A column has one type: the one that it names (`score:double`), else that of the field of its name, else what all its values are.',
    fix: 'Give `--table NAME=FILE`, each name once. Name a column `name:keyword` to take its values as texts.',
  },
  RUN013: {
    severity: 'error',
    title: 'The file of alerts cannot be written',
    why: 'With `--state`, `--alerts FILE` holds every alert exactly once: the state file notes how far it was written, and what a killed scan wrote beyond that is taken back. So the file must be as the last scan left it, gone, or new. A file that holds something else is not touched, and none is written to that this scan, or the next one of the same folder, would read.',
    fix: 'Name a new file, which gets what is found from now on, or put the old one back as it was. To rotate it, move it away between two scans.',
  },
});
