/**
 * One file of `content/behaviours` to a behaviour. Everything that is wrong with it is found at once, each at its place.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import { source } from '../../base/source.ts';
import type { FieldTypes } from '../../data/field-type.ts';
import { Cursor } from '../../rules/format/cursor.ts';
import { parseToml } from '../../rules/format/toml.ts';
import { behaviourCodes } from './codes.ts';
import type { Gathering } from './gather.ts';
import { phraseMistake } from './gather.ts';
import type { Behaviour } from './model.ts';
import { actorClasses, dataSources, families } from './model.ts';
import { readProfile } from './read-profile.ts';

const TEXT_KEYS = ['id', 'title', 'summary', 'looks_like', 'tell_apart', 'hiding'];
const CLASS_KEYS = ['actor', 'families', 'techniques', 'data_sources', 'gathers'];
const PROFILE_KEYS = ['profile', 'base', 'matches', 'differs'];
const GATHER_KEYS = ['phrases', 'without', 'techniques', 'rules'];

const ID = /^BP-\d{4}$/;
const TECHNIQUE = /^T\d{4}(\.\d{3})?$/;
const LONGEST_TITLE = 80;

/** A behaviour, perhaps with warnings of its query; or every mistake that is in the file. */
export function readBehaviour(file: string, text: string, types: FieldTypes): Result<Behaviour> {
  const parsed = parseToml(source(file, text));
  if (!parsed.ok) return parsed;
  const found: Diagnostic[] = [];
  const cursor = Cursor.over(parsed.value, behaviourCodes, found);
  cursor.table([...TEXT_KEYS, ...CLASS_KEYS, ...PROFILE_KEYS]);
  const profile = readProfile(cursor, types, found);
  const behaviour: Behaviour = {
    ...readTexts(cursor),
    ...readClasses(cursor),
    ...(profile === undefined ? {} : { profile }),
    file,
  };
  return found.some(({ severity }) => severity === 'error') ? failure(...found) : success(behaviour, found);
}

function readTexts(cursor: Cursor) {
  const id = needOne(cursor.child('id'));
  if (id !== '' && !ID.test(id)) cursor.child('id').wrong('"BP-" and four digits');
  const title = needOne(cursor.child('title'));
  if (title.length > LONGEST_TITLE) cursor.child('title').wrong(`at most ${LONGEST_TITLE} characters long`);
  return {
    id,
    title,
    summary: paragraph(cursor.child('summary')),
    looksLike: paragraph(cursor.child('looks_like')),
    tellApart: needSome(cursor.child('tell_apart')).map(joined),
    hiding: paragraph(cursor.child('hiding')),
  };
}

function readClasses(cursor: Cursor) {
  const actor = cursor.child('actor');
  if (!actor.isSet) actor.missing();
  return {
    actor: actor.choice(actorClasses) ?? 'automation',
    families: choices(cursor.child('families'), families),
    techniques: techniquesAt(cursor.child('techniques')),
    dataSources: choices(cursor.child('data_sources'), dataSources),
    gathers: readGathering(cursor.child('gathers')),
  };
}

function readGathering(cursor: Cursor): Gathering {
  cursor.table(GATHER_KEYS);
  const phrases = (key: string): string[] => {
    for (const one of cursor.child(key).list()) {
      const wanted = phraseMistake(one.text() ?? 'absent');
      if (wanted !== undefined) one.wrong(wanted);
    }
    return cursor.child(key).scalars();
  };
  const gathering = {
    phrases: phrases('phrases'),
    without: phrases('without'),
    techniques: techniquesAt(cursor.child('techniques')),
    rules: cursor.child('rules').scalars(),
  };
  if (gathering.phrases.length + gathering.rules.length === 0) cursor.child('phrases').missing();
  return gathering;
}

function techniquesAt(cursor: Cursor): string[] {
  for (const one of cursor.list())
    if (!TECHNIQUE.test(String(one.value))) one.wrong('an id of ATT&CK such as T1552.007');
  return cursor.scalars();
}

function choices<T extends string>(cursor: Cursor, known: readonly T[]): T[] {
  if (cursor.list().length === 0) cursor.missing();
  return cursor.list().flatMap((one) => one.choice(known) ?? []);
}

function needSome(cursor: Cursor): string[] {
  const texts = cursor.list().flatMap((one) => one.text() ?? []);
  if (texts.length === 0) cursor.missing();
  return texts;
}

const needOne = (cursor: Cursor): string => cursor.needText() ?? '';

const paragraph = (cursor: Cursor): string => joined(needOne(cursor));

/** Files are wrapped for their readers; pages wrap for theirs. */
const joined = (text: string): string => text.trim().replace(/[ \t]*\n[ \t]*(?=\S)/g, ' ');
