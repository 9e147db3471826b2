/** What is new, changed and gone, by day. */
import type { Change, ChangeKind } from '../../model.ts';
import type { SiteContext } from '../context.ts';
import type { Content } from '../html.ts';
import { html, inline } from '../html.ts';
import { count } from '../labels.ts';
import type { SiteFile } from '../layout.ts';
import { listing } from '../listing.ts';
import { badge } from '../parts.ts';
import { wordDiff } from '../diff.ts';
import type { Linker } from '../paths.ts';
import { statementPath } from '../paths.ts';

const CHANGES_A_PAGE = 200;

export const changeWords: Readonly<Record<ChangeKind, string>> = {
  new: 'new',
  changed: 'changed',
  gone: 'gone',
  back: 'back',
  merged: 'joined with another',
  split: 'split off',
};

export const newsPages = ({ catalogue }: SiteContext): Generator<SiteFile> =>
  listing({
    path: 'new.html',
    title: 'What is new',
    section: 'new.html',
    items: catalogue.changes.toReversed(),
    aPage: CHANGES_A_PAGE,
    head: (to) =>
      html`<h1>What is new <span class="count">${count(catalogue.changes.length)}</span></h1>
        <p class="lead">
          Follow it as <a href="${to('feed.atom')}">Atom</a> or <a href="${to('feed.json')}">JSON Feed</a>.
        </p>
        ${catalogue.changes.length === 0 ? html`<p>This is the first build: there is nothing to compare with. Build again on newer checkouts to see what changed.</p>` : undefined} `,
    list: (items, to) => [...Map.groupBy(items, ({ at }) => at)].map(([at, own]) => day(at, own, to)),
  });

const day = (at: string, changes: readonly Change[], to: Linker): Content =>
  html`<section>
    <h2><time>${at}</time> <span class="count">${count(changes.length)}</span></h2>
    <ul class="list">
      ${changes.map((change) => item(change, to))}
    </ul>
  </section> `;

const item = ({ kind, id, title, before, after, other }: Change, to: Linker): Content =>
  html`<li>
    ${badge(changeWords[kind], kind === 'gone' ? 'warn' : '')}
    <a href="${to(statementPath(id))}">${inline(title)}</a>${
      other === undefined
        ? undefined
        : html` <small><a href="${to(statementPath(other))}">${other}</a></small>`
    }${before === undefined || after === undefined ? undefined : html`<br /><small>${wordDiff(before, after)}</small>`}
  </li> `;
