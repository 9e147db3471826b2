import { defineMessages } from './define.ts';

export const behaviourMessages = defineMessages({
  BHV010: {
    severity: 'error',
    title: 'A behaviour lacks something that it needs',
    why: 'An entry of the catalogue answers the same questions as every other one: what it looks like, how to tell it from an attack, how an attacker hides in it. One that leaves a question open is not shown.',
    fix: 'Add the key that the message names.',
  },
  BHV011: {
    severity: 'error',
    title: 'A value of a behaviour is of the wrong kind',
    why: 'Titles, ids, classes and events have a fixed form, so that pages, filters and links can rely on it.',
    fix: 'Give the value that the message asks for.',
  },
  BHV012: {
    severity: 'error',
    title: 'An unknown key in a behaviour',
    why: 'The key means nothing here. A misspelt key would be knowledge that nobody ever sees.',
    fix: 'Correct or remove the key.',
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
  },
  BHV021: {
    severity: 'error',
    title: 'The query of a profile is not a condition over one event',
    why: 'A profile says of one event whether it is explained. Sequences, samples and pipes look at several.',
    fix: 'Write one condition: in EQL `process where …`, without pipes.',
  },
  BHV022: {
    severity: 'error',
    title: 'The values of a parameter would not be taken literally',
    why: 'Values come from whoever uses the catalogue. Where a query reads a text as a wildcard pattern, as words or as the name of a field, a value such as `*` would make the profile explain everything.',
    fix: 'Compare a whole field with the parameter: `field: {{name}}` in KQL; `field == {{name}}`, `field in {{name}}` or `cidrMatch(field, {{name}})` in EQL. The parameter brings its own quotes and brackets.',
  },
  BHV023: {
    severity: 'error',
    title: 'A value does not fit the parameter of a profile',
    why: 'The profile is not used with it: a list without values would explain nothing, and a text that is no address cannot be compared with one.',
    fix: 'Give values of the type that the message names, or leave the parameter out to use its default.',
  },
  BHV024: {
    severity: 'error',
    title: 'A profile needs a field that has no trust class',
    why: 'The grade of a profile tells how hard it is to forge what it relies on. A field whose author nobody has thought about has no grade.',
    fix: 'Use a field that has one, or add the field to the table of trust classes with the reason.',
  },
});
