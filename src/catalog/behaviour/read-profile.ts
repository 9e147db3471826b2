/** The part of a behaviour's file that runs: the profile, its parameters and its events. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { changed } from '../../data/change.ts';
import type { JsonObject } from '../../data/document.ts';
import type { FieldTypes } from '../../data/field-type.ts';
import type { Cursor } from '../../rules/format/cursor.ts';
import type { Parameter, Profile, ProfileCase } from './model.ts';
import { parameterTypes } from './model.ts';
import { readValues } from './parameters.ts';
import { compileProfile } from './profile.ts';

const PROFILE_KEYS = ['language', 'query', 'parameters'];
const PARAMETER_KEYS = ['type', 'describe', 'default'];
const CASE_KEYS = ['name', 'with', 'without'];
const FEWEST_CASES = 2;

/** Undefined when the file has none, and when something is wrong with it, which is then in `found`. */
export function readProfile(file: Cursor, types: FieldTypes, found: Diagnostic[]): Profile | undefined {
  const profile = file.child('profile');
  if (!profile.isSet) {
    for (const key of ['base', 'matches', 'differs'])
      if (file.child(key).isSet) file.child(key).wrong('absent where there is no [profile]');
    return undefined;
  }
  profile.table(PROFILE_KEYS);
  const language = profile.child('language').choice(['kuery', 'eql']);
  if (!profile.child('language').isSet) profile.child('language').missing('"kuery" or "eql"');
  const query = profile.child('query');
  const text = query.needText();
  const before = found.length;
  const parameters = profile.child('parameters').members().flatMap(readParameter);
  const unusable = found.length > before;
  const base = file.child('base').table();
  const cases = {
    matches: readCases(file.child('matches'), base),
    differs: readCases(file.child('differs'), base),
  };
  const template = text === undefined ? undefined : query.textSource(text);
  if (language === undefined || template === undefined || unusable) return undefined;
  const compiled = compileProfile({ language, template, parameters, types });
  found.push(...compiled.diagnostics);
  return compiled.ok
    ? { language, template: template.text, parameters, ...compiled.value, ...cases }
    : undefined;
}

function readParameter([name, cursor]: readonly [string, Cursor]): Parameter[] {
  cursor.table(PARAMETER_KEYS);
  const type = cursor.child('type').choice(parameterTypes);
  if (!cursor.child('type').isSet) cursor.child('type').missing();
  const describe = cursor.child('describe').needText() ?? '';
  const values = type === undefined ? undefined : readValues(type, cursor.child('default'));
  return type === undefined || values === undefined ? [] : [{ name, type, describe, values }];
}

function readCases(cursor: Cursor, base: JsonObject): ProfileCase[] {
  const cases = cursor.list();
  if (cases.length < FEWEST_CASES) cursor.wrong('a list of at least two tables, each written [[…]]');
  return cases.map((one) => {
    one.table(CASE_KEYS);
    const { source, span } = one.keyPlace;
    return {
      name: one.child('name').needText() ?? '',
      record: changed(base, one.child('with').table(), one.child('without').scalars()),
      line: source.place(span.start).line,
    };
  });
}
