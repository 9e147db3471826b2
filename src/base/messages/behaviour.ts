import { defineMessages } from './define.ts';

/** A file without fault, for the examples: each changes or adds one line of it. */
const behaviour = (changes: Readonly<Record<string, string>>): string => {
  const lines = {
    id: '"BP-9001"',
    title: '"Backup reads every object"',
    summary: '"A backup copies all objects."',
    looks_like: '"Lists of every kind in every namespace, at night."',
    tell_apart: '["Is it the hour of the schedule?"]',
    hiding: '"An intruder may ask for a backup instead of reading."',
    actor: '"backup"',
    families: '["kubernetes"]',
    data_sources: '["kubernetes"]',
    'gathers.phrases': '["backup* + secret*"]',
    ...changes,
  };
  const written = Object.entries(lines).filter(([, value]) => value !== '');
  return written.map(([key, value]) => `${key} = ${value}\n`).join('');
};

/** The same with a profile. */
const profile = (query: string): string =>
  behaviour({
    profile: `{ language = "eql", query = '${query}', parameters = { accounts = { type = "list", describe = "Its accounts", default = ["velero"] } } }`,
    base: '{ user = { name = "velero" } }',
    matches: '[{ name = "a list" }, { name = "a get" }]',
    differs: '[{ name = "a delete" }, { name = "another user" }]',
  });

export const behaviourMessages = defineMessages({
  BHV010: {
    severity: 'error',
    title: 'A behaviour lacks something that it needs',
    why: 'An entry of the catalogue answers the same questions as every other one: what it looks like, how to tell it from an attack, how an attacker hides in it. One that leaves a question open is not shown.',
    fix: 'Add the key that the message names.',
    example: behaviour({ hiding: '' }),
  },
  BHV011: {
    severity: 'error',
    title: 'A value of a behaviour is of the wrong kind',
    why: 'Titles, ids, classes and events have a fixed form, so that pages, filters and links can rely on it.',
    fix: 'Give the value that the message asks for.',
    example: behaviour({ actor: '"backpu"' }),
  },
  BHV012: {
    severity: 'error',
    title: 'An unknown key in a behaviour',
    why: 'The key means nothing here. A misspelt key would be knowledge that nobody ever sees.',
    fix: 'Correct or remove the key.',
    example: behaviour({ refernces: '[]' }),
  },
  BHV013: {
    severity: 'error',
    title: 'Two behaviours have the same id',
    why: 'The id is what alerts, links and exceptions refer to. The file that was read first keeps it, the other one is left out.',
    fix: 'Give the new behaviour the next free number.',
  },
  BHV020: {
    severity: 'error',
    title: 'A parameter and the query of a profile do not fit together',
    why: 'Every `{{name}}` of the query must be a parameter of the profile, and every parameter must stand in the query.',
    fix: 'Add the parameter under `[profile.parameters]`, or correct the name.',
    example: profile('any where user.name in {{accounts}} and user.id in {{ids}}'),
  },
  BHV021: {
    severity: 'error',
    title: 'The query of a profile is not a condition over one event',
    why: 'A profile says of one event whether it is explained. Sequences, samples and pipes look at several.',
    fix: 'Write one condition: in EQL `process where …`, without pipes.',
    example: profile('any where user.name in {{accounts}} | head 1'),
  },
  BHV022: {
    severity: 'error',
    title: 'The values of a parameter would not be taken literally',
    why: 'Values come from whoever uses the catalogue. Where a query reads a text as a wildcard pattern, as words or as the name of a field, a value such as `*` would make the profile explain everything.',
    fix: 'Compare a whole field with the parameter: `field: {{name}}` in KQL; `field == {{name}}`, `field in {{name}}` or `cidrMatch(field, {{name}})` in EQL. The parameter brings its own quotes and brackets.',
    example: profile('any where user.name like {{accounts}}'),
  },
  BHV023: {
    severity: 'error',
    title: 'Values for a profile that there is not',
    why: 'The file gives values to the parameters of a behaviour that is not in the catalogue or has no profile. Nobody would use them.',
    fix: 'Correct the id. The page of a behaviour names its parameters.',
  },
  BHV024: {
    severity: 'error',
    title: 'A profile needs a field that has no trust class',
    why: 'The grade of a profile tells how hard it is to forge what it relies on. A field whose author nobody has thought about has no grade.',
    fix: 'Use a field that has one, or add the field to the table of trust classes with the reason.',
    example: profile('any where user.name in {{accounts}} and labels.team == "storage"'),
  },
  BHV025: {
    severity: 'error',
    title: 'A profile and its own events do not agree',
    why: 'Under `[[matches]]` stand events that the profile must explain, under `[[differs]]` look-alikes that it must not. A profile that fails its own events would explain what it does not know.',
    fix: 'Correct the query, or the event: it is the record of `[base]` with the changes of the case.',
  },
  BHV026: {
    severity: 'error',
    title: 'There is no behaviour below a path',
    why: 'A folder that was given for behaviours has no file that ends in `.toml`. Going on without them would look as if they explained nothing.',
    fix: 'Correct the path, or leave out the option.',
  },
});
