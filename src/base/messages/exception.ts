import { defineMessages } from './define.ts';

/** A file of Winnow's own form without fault, for the examples: each changes one line of it. */
const exception = (changes: Readonly<Record<string, string>>): string =>
  Object.entries({
    name: 'Backup reads secrets',
    owner: 'storage@example.com',
    reason: 'The nightly backup lists secrets in every namespace.',
    rules: 'all',
    when: '{ user.name: velero }',
    ...changes,
  }).reduce(
    (lines, [key, value], index) =>
      value === '' ? lines : `${lines}${index === 0 ? '  - ' : '    '}${key}: ${value}\n`,
    'exceptions:\n',
  );

export const exceptionMessages = defineMessages({
  EXC001: {
    severity: 'error',
    title: 'The file is not valid YAML',
    why: 'Nothing of the file can be used. Its exceptions do not apply, so there may be more alerts than usual.',
    fix: 'Mend the place that the caret points at. Values with `: `, `#`, `*` or `[` in them need quotes.',
    example: 'exceptions: [\n',
  },
  EXC002: {
    severity: 'error',
    title: 'The file holds no exceptions',
    why: 'Exceptions come as Winnow’s own YAML (`exceptions:`), as TOML with `[[exceptions]]`, as Kibana’s NDJSON export of exception lists, or as text files of values that exceptions refer to. A file that is none of these would except nothing, silently.',
    fix: 'Name a file of exceptions.',
    example: 'name: x\n',
  },
  EXC010: {
    severity: 'error',
    title: 'An exception lacks something that it needs',
    why: 'An exception is a hole in what is watched: Winnow’s own form has none without somebody who answers for it (`owner`) and a `reason` that can be checked later. An exception that is not whole does not apply.',
    fix: 'Add the key that the message names.',
    example: exception({ owner: '' }),
  },
  EXC011: {
    severity: 'error',
    title: 'A value of an exception is of the wrong kind',
    why: 'What the value means cannot be guessed. The exception that it belongs to does not apply, so that no alert is lost by a guess.',
    fix: 'Give the value that the message asks for.',
    example: exception({ expires: 'next summer' }),
  },
  EXC012: {
    severity: 'warning',
    title: 'An unknown key in a file of exceptions',
    why: 'The key has no effect here. A misspelt key can leave an exception wider than it was meant to be.',
    fix: 'Correct or remove the key.',
    example: exception({ expiry: '2027-01-31' }),
  },
  EXC013: {
    severity: 'error',
    title: 'An unknown condition in an exception',
    why: 'The condition cannot be left out, because the exception would be wider without it. The exception does not apply.',
    fix: 'Use one of the conditions that the hint names.',
    example: exception({ when: '{ user.name: { equals: velero } }' }),
  },
  EXC014: {
    severity: 'error',
    title: 'Two exceptions have the same id',
    why: 'Two items of one list have one id and differ in what they except. The second one does not apply, as its counts and its mark on alerts could not be told from those of the first. Equal items may come twice: exports of two rules have the lists that the rules share.',
    fix: 'Give each its own `id`, or its own name where it has no id; or remove one.',
    example: `${exception({})}${exception({ when: '{ user.name: restic }' }).split('\n').slice(1).join('\n')}`,
  },
  EXC020: {
    severity: 'error',
    title: 'A list of values is not there',
    why: 'The exception asks whether a value is in a list that none of the given files holds. It does not apply.',
    fix: 'Give the list with `--exceptions`: a text file with one value on a line, which is named like the list’s id, or `value_lists` in a YAML file.',
    example: exception({ when: '{ user.name: { in list: nobody } }' }),
  },
  EXC021: {
    severity: 'warning',
    title: 'A value of a list cannot be used',
    why: 'The list is one of addresses, and the line is no IP address, block or range. The other lines apply.',
    fix: 'Correct or remove the line.',
  },
  EXC022: {
    severity: 'error',
    title: 'A field cannot be asked that',
    why: 'The value cannot be read as the type of the field, or fields of the type know no such question; Elasticsearch fails the search. The exception does not apply.',
    fix: 'Correct the value or the field.',
    example: exception({ when: '{ destination.port: https }' }),
  },
  EXC101: {
    severity: 'warning',
    title: 'A rule names an exception list that was not given',
    why: 'The rule’s `exceptions_list` names a list that stands in none of the files of exceptions. In Kibana its items keep the rule from alerting; here the rule runs without them.',
    fix: 'Give the list with `--exceptions`: an export of the rule from Kibana has it in the same file.',
  },
  EXC102: {
    severity: 'warning',
    title: 'The endpoint list does not except alerts of rules',
    why: 'Lists of type `endpoint` are for the agent on the host. Elastic’s detection engine leaves them out of the query even of rules that name them, and so does Winnow.',
    fix: 'Put the items into a list of type `detection` if they are meant for rules.',
  },
  EXC103: {
    severity: 'warning',
    title: 'An exception fits no rule',
    why: 'None of the loaded rules has the id, the name or the tag that the exception is for, and none names its list. It excepts nothing.',
    fix: 'Look up the rule with `winnow rules list`, or remove the exception.',
  },
  EXC201: {
    severity: 'warning',
    title: 'An exception hides a step of a sequence',
    why: 'As in Elastic, an exception hides events before a sequence sees them, from every step. An event that fits both a step and the exception can no longer be that step, so sequences that are not benign can go unseen. Exceptions on nothing but the fields that join the sequence (`by`) hide all of its events together and are not reported.',
    fix: 'Make the exception narrower, put it on the fields that join the sequence, or write an `and_not` clause with an overlay.',
  },
  EXC202: {
    severity: 'warning',
    title: 'An exception can make a sequence match',
    why: 'The sequence asks that something did not happen (`![ … ]`), or ends with `until`. An exception that hides this very event does not prevent alerts but creates them.',
    fix: 'Make the exception narrower, so that it cannot fit the missing event.',
  },
  EXC203: {
    severity: 'warning',
    title: 'An exception has expired',
    why: 'It still applies to events from before it expired, and to no later ones.',
    fix: 'Remove it, or renew it with a reason that still holds.',
    example: exception({ expires: '2020-01-31' }),
  },
  EXC204: {
    severity: 'warning',
    title: 'An exception fits every event',
    why: 'Nothing that its rules find can become an alert. A condition that only excludes something, on a field that hardly any event has, does this too.',
    fix: 'Add a condition, or switch the rule off with an overlay, which says what it does.',
    example: exception({ when: '{ user.name: { is not: velero } }' }),
  },
});
