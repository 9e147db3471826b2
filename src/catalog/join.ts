/** What is known to be benign about the alerts of a rule: for the alert document and the summary of a run. */
import type { BenignBehaviour, BenignStatement, KnownBenign, Via } from '../model/benign.ts';
import { isAbout } from './attack/attack.ts';
import { gatherer } from './behaviour/gather.ts';
import type { Behaviour, DataSource } from './behaviour/model.ts';
import { dataSourcesOf } from './harvest/data-sources.ts';
import { bulletsOf, readGuide } from './harvest/guide.ts';
import type { Catalogue, SourceRule, Statement } from './model.ts';
import { isJunk } from './text/junk.ts';
import { normalised } from './text/words.ts';

/** What the rule of an alert tells. */
export interface AlertRule {
  readonly id: string;
  readonly name: string;
  /** ATT&CK ids, sub-techniques beside their techniques. */
  readonly techniques: readonly string[];
  /** Index patterns, packages, tags: whatever says what it reads. */
  readonly reads: readonly string[];
  /** Its false-positive field, and its triage guide in Markdown. */
  readonly falsePositives: readonly string[];
  readonly note: string;
}

/**
 * A function from a rule to what is known to be benign about its alerts. Statements are those that the rule makes itself,
 * in its field and its guide, then those that the catalogue has of it, by its id, else by its name. Behaviours are those
 * that gather one of these statements or name the rule, then those about one of its techniques in one of its data sources.
 */
export function joinAlerts(
  behaviours: readonly Behaviour[],
  catalogue?: Pick<Catalogue, 'rules' | 'statements'>,
): (rule: AlertRule) => KnownBenign {
  const gather = gatherer(behaviours);
  const look = lookUpIn(catalogue);
  return (rule) => {
    const { via, said } = look(rule);
    const own = ownStatements(rule);
    const ownTexts = new Set(own.map(({ text }) => normalised(text)));
    const known = new Map(said.map((one) => [normalised(one.statement.text), one]));
    const data = dataSourcesOf(rule.reads);
    const about = { rules: [rule.id], techniques: rule.techniques, dataSources: data };
    const gathered = new Map<string, Via>(
      said.flatMap((one) => one.behaviours.map((id) => [id, via] as const)),
    );
    for (const { text } of own) for (const id of gather({ text, ...about })) gathered.set(id, 'rule');
    return {
      statements: [
        ...own.map((one) => ({ ...known.get(normalised(one.text))?.statement, ...one })),
        ...said.flatMap(({ statement }) => (ownTexts.has(normalised(statement.text)) ? [] : [statement])),
      ],
      behaviours: behavioursOf(rule, data, behaviours, gathered),
    };
  };
}

/** What says nothing ("Unknown") is left out, as in the catalogue. */
function ownStatements({ falsePositives, note }: AlertRule): BenignStatement[] {
  const origin = readGuide(note).ai ? 'guide-ai' : 'guide';
  const all: readonly BenignStatement[] = [
    ...falsePositives.map((text) => ({ text: text.trim(), origin: 'field', via: 'rule' }) as const),
    ...bulletsOf(note).map(({ text }) => ({ text, origin, via: 'rule' }) as const),
  ];
  const informative = all.filter(({ text }) => !isJunk(text));
  return [
    ...new Map(informative.toReversed().map((one) => [normalised(one.text), one])).values(),
  ].toReversed();
}

interface Said {
  readonly statement: BenignStatement;
  /** That gather it. */
  readonly behaviours: readonly string[];
}

interface LookedUp {
  readonly via: 'rule' | 'name';
  readonly said: readonly Said[];
}

/** What the catalogue has of a rule. */
function lookUpIn(
  catalogue: Pick<Catalogue, 'rules' | 'statements'> = { rules: [], statements: [] },
): (rule: AlertRule) => LookedUp {
  const byId = Map.groupBy(catalogue.rules, ({ id }) => id);
  const byName = Map.groupBy(catalogue.rules, ({ name }) => normalised(name));
  const statements = new Map(catalogue.statements.map((one) => [one.id, one]));
  return ({ id, name }) => {
    const own = byId.get(id);
    const via = own === undefined ? 'name' : 'rule';
    const rules = own ?? byName.get(normalised(name)) ?? [];
    const seen = new Set<string>();
    const said = rules.flatMap((rule) =>
      rule.statements.flatMap((one): Said[] => {
        const statement = statements.get(one);
        if (statement === undefined || seen.has(one)) return [];
        seen.add(one);
        return [{ statement: saidBy(rule, statement, via), behaviours: statement.behaviours }];
      }),
    );
    return { via, said };
  };
}

function saidBy(
  { key, source, license }: SourceRule,
  { id, text, occurrences, origins }: Statement,
  via: BenignStatement['via'],
): BenignStatement {
  const here = occurrences.find(({ rule }) => rule === key);
  const origin = here?.origin ?? origins[0] ?? 'field';
  return { id, text: here?.text ?? text, origin, source, license, via };
}

function behavioursOf(
  rule: AlertRule,
  data: readonly DataSource[],
  behaviours: readonly Behaviour[],
  gathered: ReadonlyMap<string, Via>,
): BenignBehaviour[] {
  return behaviours
    .flatMap((behaviour): BenignBehaviour[] => {
      const via = behaviour.gathers.rules.includes(rule.id) ? 'rule' : gathered.get(behaviour.id);
      if (via === undefined && !isAboutTheSame(rule, data, behaviour)) return [];
      const { id, title, profile } = behaviour;
      const grade = profile === undefined ? {} : { grade: profile.grade };
      return [{ id, title, ...grade, via: via ?? 'technique' }];
    })
    .toSorted((a, b) => Number(a.via === 'technique') - Number(b.via === 'technique'));
}

function isAboutTheSame(
  { techniques }: AlertRule,
  data: readonly DataSource[],
  behaviour: Behaviour,
): boolean {
  const isMistaken = techniques.some((id) => behaviour.techniques.some((wanted) => isAbout(id, wanted)));
  return isMistaken && data.some((source) => behaviour.dataSources.includes(source));
}
