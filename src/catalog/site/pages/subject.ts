/** What is benign in one data source, and what is benign of one kind of actor. */
import type { ActorClass, Behaviour, DataSource } from '../../behaviour/model.ts';
import { actorClasses, dataSources } from '../../behaviour/model.ts';
import type { Statement } from '../../model.ts';
import type { SiteContext } from '../context.ts';
import type { Content } from '../html.ts';
import { html } from '../html.ts';
import { actorLabels, count, dataLabels, plural } from '../labels.ts';
import type { SiteFile } from '../layout.ts';
import { page, section } from '../layout.ts';
import { statementListing } from '../listing.ts';
import { behaviourCards } from '../parts.ts';
import type { Linker, PagePath } from '../paths.ts';
import { actorPath, dataPath } from '../paths.ts';

interface Subject<Name extends string> {
  readonly index: PagePath;
  readonly title: string;
  readonly lead: string;
  readonly names: readonly Name[];
  readonly labels: Readonly<Record<Name, string>>;
  readonly pathOf: (name: Name) => PagePath;
  readonly ofStatement: (statement: Statement) => readonly Name[];
  readonly ofBehaviour: (behaviour: Behaviour) => readonly Name[];
}

const data: Subject<DataSource> = {
  index: 'data.html',
  title: 'Data sources',
  lead: 'What is benign in the logs that you have.',
  names: dataSources,
  labels: dataLabels,
  pathOf: dataPath,
  ofStatement: (statement) => statement.data,
  ofBehaviour: (behaviour) => behaviour.dataSources,
};

const actors: Subject<ActorClass> = {
  index: 'actors.html',
  title: 'Actors',
  lead: 'Who does what looks like an attack, as far as the words of a statement tell.',
  names: actorClasses,
  labels: actorLabels,
  pathOf: actorPath,
  ofStatement: (statement) => statement.actors,
  ofBehaviour: ({ actor }) => [actor],
};

export function* subjectPages(context: SiteContext): Generator<SiteFile> {
  yield* pagesOf(context, data);
  yield* pagesOf(context, actors);
}

function* pagesOf<Name extends string>(context: SiteContext, subject: Subject<Name>): Generator<SiteFile> {
  const entries = entriesOf(context, subject);
  const { index, title, lead } = subject;
  yield page({
    path: index,
    title,
    section: index,
    body: (to) =>
      html`<h1>${title}</h1>
        <p class="lead">${lead}</p>
        ${tiles(entries, to)} `,
  });
  for (const entry of entries) yield* entryPages(entry, index);
}

interface Entry {
  readonly label: string;
  readonly path: PagePath;
  readonly statements: readonly Statement[];
  readonly behaviours: readonly Behaviour[];
}

function entriesOf<Name extends string>(
  { statements, behaviours }: SiteContext,
  { names, labels, pathOf, ofStatement, ofBehaviour }: Subject<Name>,
): readonly Entry[] {
  return names.map((name) => ({
    label: labels[name],
    path: pathOf(name),
    statements: [...statements.values()].filter((one) => ofStatement(one).includes(name)),
    behaviours: behaviours.filter((one) => ofBehaviour(one).includes(name)),
  }));
}

const tiles = (entries: readonly Entry[], to: Linker): Content =>
  html`<ul class="tiles">
    ${entries.map(
      ({ label, path, statements, behaviours }) =>
        html`<li>
          <a href="${to(path)}">${label}</a>
          <small>${plural(behaviours.length, 'behaviour')}, ${plural(statements.length, 'statement')}</small>
        </li> `,
    )}
  </ul>`;

const entryPages = ({ label, path, statements, behaviours }: Entry, index: PagePath): Generator<SiteFile> =>
  statementListing({
    path,
    title: label,
    section: index,
    items: statements,
    head: (to) => [
      html`<h1>${label} <span class="count">${plural(statements.length, 'statement')}</span></h1> `,
      section('Benign behaviours', behaviourCards(behaviours, to)),
    ],
  });

/** Every statement there is, so that each can be reached by following links. */
export const everyStatement = ({ statements }: SiteContext): Generator<SiteFile> =>
  statementListing({
    path: 'statements.html',
    title: 'All statements',
    items: [...statements.values()],
    head: () => html`<h1>All statements <span class="count">${count(statements.size)}</span></h1> `,
  });

/** The same entries for the home page. */
export const dataTiles = (context: SiteContext, to: Linker): Content =>
  tiles(
    entriesOf(context, data).filter((entry) => entry.statements.length + entry.behaviours.length > 0),
    to,
  );
