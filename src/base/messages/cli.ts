import { defineMessages } from './define.ts';

export const cliMessages = defineMessages({
  CLI001: {
    severity: 'error',
    title: 'Unknown setting',
    why: 'The configuration file has a key that no option is called by. A misspelled `fail-on` that is passed over would change what a CI job lets through.',
    fix: 'Correct the key, or remove it. The keys are the long option names without the dashes: `--fail-on high` is `fail-on = "high"`.',
  },
  CLI002: {
    severity: 'error',
    title: 'Value not allowed',
    why: 'An option, an environment variable or a key of the configuration file has a value that it cannot have.',
    fix: 'Give one of the values that the message lists. `winnow COMMAND --help` shows them too.',
  },
  CLI003: {
    severity: 'error',
    title: 'Configuration file cannot be used',
    why: 'The file named by `--config`, or `winnow.toml` in the working folder, cannot be read or is not valid TOML.',
    fix: 'Correct the place that the message points at, or the path.',
  },
  CLI004: {
    severity: 'warning',
    title: 'Unknown environment variable',
    why: 'A variable begins with `WINNOW_` but no option is called so, which is most likely a slip of the pen.',
    fix: 'Correct the name, or unset the variable. `--fail-on` is `WINNOW_FAIL_ON`.',
  },
  CLI005: {
    severity: 'error',
    title: 'No such rule',
    why: 'No loaded rule has this id, name or file name, so there is nothing to show or to explain.',
    fix: 'Look the rule up in `winnow rules list`, and name the folder of its file with `--rules` when it is not a shipped one.',
  },
  CLI006: {
    severity: 'error',
    title: 'The sample cannot be written',
    why: 'The folder of `winnow demo` cannot be made or written to, or it holds another `audit.ndjson` or `containers.ndjson`, which would be lost.',
    fix: 'Name a new folder: `winnow demo FOLDER`.',
  },
  CLI007: {
    severity: 'error',
    title: 'The output cannot be written',
    why: 'Standard output leads to a file or device that takes no more. What was written until then is not whole, so the run ends.',
    fix: 'Make room, or write to another place, and run it again.',
  },
});
