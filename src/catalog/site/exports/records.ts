/** What `api/v1` holds: the records, their schema, and their columns as CSV. A public format, in snake case. */
import { z } from 'zod';
import { actorClasses, dataSources, families, grades } from '../../behaviour/model.ts';
import type { Behaviour } from '../../behaviour/model.ts';
import type { JsonObject } from '../../../data/document.ts';
import { origins, qualities, roles, severities, sourceNames } from '../../model.ts';
import type { SiteContext } from '../context.ts';

const texts = z.array(z.string());
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const statement = z
  .strictObject({
    id: z.string().describe('`FP-` and ten letters or digits; survives edits of the text'),
    slug: z.string(),
    kind: z.enum(['text', 'clause']).describe('`clause`: the text is a condition in a query language'),
    title: z.string(),
    text: z.string().describe('as the first rule has it'),
    sentences: z.array(z.strictObject({ text: z.string(), role: z.enum(roles) })),
    occurrences: z.array(
      z.strictObject({
        rule: z.string(),
        origin: z.enum(origins),
        ordinal: z.int(),
        text: z.string().optional(),
        label: z.string().optional(),
        line: z.int().optional(),
      }),
    ),
    origins: z.array(z.enum(origins)),
    sources: z.array(z.enum(sourceNames)),
    rules: texts.describe('keys of rules'),
    techniques: texts,
    tactics: texts,
    data: z.array(z.enum(dataSources)),
    severities: z.array(z.enum(severities)),
    actors: z.array(z.enum(actorClasses)),
    families: z.array(z.enum(families)),
    fields: texts.describe('fields that a clause reads'),
    deprecated: z.boolean(),
    behaviours: texts,
    cluster: z.string().optional(),
    aliases: texts,
    split_from: z.string().optional(),
    first_seen: day,
    last_changed: day,
    history: z.array(z.strictObject({ text: z.string(), until: day })),
  })
  .describe('One benign explanation, with every place where it was found');

const technique = z.strictObject({
  id: z.string(),
  name: z.string(),
  tactics: texts,
  now: z.strictObject({ id: z.string(), name: z.string() }).optional(),
});

const rule = z
  .strictObject({
    key: z.string(),
    source: z.enum(sourceNames),
    id: z.string(),
    name: z.string(),
    description: z.string(),
    authors: texts,
    teams: texts,
    license: z.string(),
    status: z.enum(['active', 'deprecated', 'unsupported']),
    maturity: z.string(),
    set: z.string(),
    path: z.string(),
    url: z.string().optional(),
    commit: z.string().optional(),
    severity: z.enum(severities).optional(),
    type: z.string(),
    language: z.string(),
    logic: z.string(),
    exclusions: z
      .array(z.strictObject({ start: z.int(), end: z.int(), statement: z.string() }))
      .describe('where `logic` excludes something, in UTF-16 code units'),
    techniques: z.array(technique),
    tactics: texts,
    data: z.array(z.enum(dataSources)),
    tags: texts,
    references: texts,
    created: z.string().optional(),
    updated: z.string().optional(),
    quality: z.enum(qualities),
    junk: texts,
    statements: texts,
  })
  .describe('One detection rule, with its author, licence and commit');

const behaviour = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    looks_like: z.string(),
    tell_apart: texts,
    hiding: z.string(),
    actor: z.enum(actorClasses),
    families: z.array(z.enum(families)),
    techniques: texts,
    data: z.array(z.enum(dataSources)),
    grade: z.enum(grades).optional(),
    statements: texts,
  })
  .describe('One curated benign behaviour');

const profileCase = z.strictObject({ name: z.string(), record: z.record(z.string(), z.unknown()) });

const profile = z
  .strictObject({
    behaviour: z.string(),
    language: z.enum(['kuery', 'eql']),
    template: z.string(),
    parameters: z.array(
      z.strictObject({ name: z.string(), type: z.string(), describe: z.string(), values: texts }),
    ),
    query: z.string(),
    grade: z.enum(grades),
    rests_on: z.array(z.strictObject({ field: z.string(), grade: z.enum(grades), reason: z.string() })),
    matches: z.array(profileCase),
    differs: z.array(profileCase),
  })
  .describe('The executable form of a behaviour');

/** By the name of the file. */
export const recordSchemas = { statements: statement, behaviours: behaviour, rules: rule, profiles: profile };
export type RecordKind = keyof typeof recordSchemas;
export const recordKinds = Object.keys(recordSchemas) as readonly RecordKind[];

/** JSON Schema 2020-12 of all of them, under `$defs`. */
export const jsonSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: "Records of Winnow's catalogue of false positives",
  $defs: Object.fromEntries(
    recordKinds.map((kind) => {
      const { $schema: _, ...own } = z.toJSONSchema(recordSchemas[kind]);
      return [kind, own];
    }),
  ),
});

export type CatalogueRecord = Readonly<Record<string, unknown>>;

export function recordsOf(kind: RecordKind, context: SiteContext): readonly CatalogueRecord[] {
  const { catalogue, behaviours } = context;
  const records = {
    statements: () => catalogue.statements,
    rules: () => catalogue.rules,
    behaviours: () => behaviours.map((one) => behaviourRecord(one, context)),
    profiles: () => behaviours.flatMap(profileRecord),
  };
  return records[kind]() as unknown as readonly CatalogueRecord[];
}

export const behaviourRecord = (one: Behaviour, { catalogue }: SiteContext): z.infer<typeof behaviour> => ({
  id: one.id,
  title: one.title,
  summary: one.summary.trim(),
  looks_like: one.looksLike.trim(),
  tell_apart: one.tellApart.map((question) => question.trim()),
  hiding: one.hiding.trim(),
  actor: one.actor,
  families: [...one.families],
  techniques: [...one.techniques],
  data: [...one.dataSources],
  ...(one.profile === undefined ? {} : { grade: one.profile.grade }),
  statements: [...(catalogue.behaviours.find(({ id }) => id === one.id)?.statements ?? [])],
});

function profileRecord({ id, profile: own }: Behaviour): z.infer<typeof profile>[] {
  if (own === undefined) return [];
  const { language, template, parameters, query, grade, restsOn, matches, differs } = own;
  const bare = ({ name, record }: { readonly name: string; readonly record: JsonObject }) => ({
    name,
    record,
  });
  return [
    {
      behaviour: id,
      language,
      template,
      parameters: parameters.map((one) => ({ ...one, values: [...one.values] })),
      query,
      grade,
      rests_on: [...restsOn],
      matches: matches.map(bare),
      differs: differs.map(bare),
    },
  ];
}
