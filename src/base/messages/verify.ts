import { defineMessages } from './define.ts';

export const verifyMessages = defineMessages({
  TEST001: {
    severity: 'error',
    title: 'A test file has a key or a value that it should not have',
    why: 'The tests of a rule (`NAME.tests.toml`) hold a `[base]` record and cases under `[[fires]]` and `[[quiet]]`. What does not fit that form would be a test that tests nothing.',
    fix: 'Give every case a `name`, and its record as changes to the base: `with` for fields to set, `without` for a list of paths to remove, or `events` for a list of such changes when the case needs several records. An event may also say `given` (a kind of event), `at` (a moment), `repeat` (how many times) and `every` (how far apart).',
  },
  TEST002: {
    severity: 'error',
    title: 'A test file has no rule',
    why: 'The tests of `NAME.toml` stand in `NAME.tests.toml` in the same folder, or say with `rule_id` which rule they test. A test file without its rule is never run.',
    fix: 'Rename one of the two, name the rule with `rule_id = "…"` at the top of the test file, or give the folder of the rule with `--rules`.',
  },
  TEST003: {
    severity: 'error',
    title: 'The record of a test case cannot be read',
    why: 'The record is read exactly as a scan would read it. A record that a scan refuses can make no rule fire.',
    fix: 'Read the refusal in the message and complete the record: an audit event needs at least `kind`, `apiVersion`, `verb` or `stage`, and `requestURI`; any other event an `@timestamp` or an `event` object.',
  },
  TEST004: {
    severity: 'error',
    title: 'A line of a timeline cannot be read',
    why: 'A timeline (`NAME.timeline`) says rule by rule and line by line what happens when, and which alerts there must be. A line that means nothing would be a test that tests nothing.',
    fix: 'Begin a section at the start of the line (`rule`, `rules`, `exception`, `exceptions`, `overlay`, `overlays`, `given`, `indicator`, `options`, `case`) and indent what belongs to it. A line of a case is a moment (`30s`, `+5s`, `end`), a kind of event or `!rule` for an alert, and fields as `name=value`.',
  },
  TEST005: {
    severity: 'error',
    title: 'A timeline demands an alert of a rule that cannot alert',
    why: 'A check `!rule` names a rule by its id or its name. When no such rule is given, or when it does not run, the check could only fail.',
    fix: 'Give the rule with `rule NAME` or `rules FILE` in the timeline, or write the name as it stands there; a name with blanks stands in quotes: `!"Kubernetes secrets listed"`.',
  },
});
