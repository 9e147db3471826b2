import { defineMessages } from './define.ts';

export const runMessages = defineMessages({
  RUN001: {
    severity: 'warning',
    title: 'The run was interrupted',
    why: 'A signal (Ctrl-C) ended the run before all input was read. The summary covers what was read until then.',
    fix: 'Run it again, on fewer files or with fewer rules (`--rule`, `--severity`) if it takes too long.',
  },
});
