/** Lists that may be long, cut into pages: nothing is left out because there is much of it. */
import type { Statement } from '../model.ts';
import type { Content } from './html.ts';
import { html } from './html.ts';
import type { SiteFile } from './layout.ts';
import { page } from './layout.ts';
import { statementLists } from './parts.ts';
import type { Linker, PagePath } from './paths.ts';
import { pageOf } from './paths.ts';

const STATEMENTS_A_PAGE = 200;

export interface Listing<T> {
  readonly path: PagePath;
  readonly title: string;
  readonly description?: string;
  readonly section?: string;
  readonly items: readonly T[];
  readonly aPage: number;
  /** What stands above the list, on the first page only. */
  readonly head: (to: Linker) => Content;
  readonly list: (items: readonly T[], to: Linker) => Content;
}

/** One page at least. */
export function* listing<T>(of: Listing<T>): Generator<SiteFile> {
  const pages = Math.max(1, Math.ceil(of.items.length / of.aPage));
  for (let number = 1; number <= pages; number++) {
    const items = of.items.slice((number - 1) * of.aPage, number * of.aPage);
    yield page({
      path: pageOf(of.path, number),
      title: number === 1 ? of.title : `${of.title}, page ${number}`,
      ...(of.description === undefined ? {} : { description: of.description }),
      ...(of.section === undefined ? {} : { section: of.section }),
      body: (to) => [
        number === 1 ? of.head(to) : html`<h1>${of.title} <span class="count">page ${number}</span></h1> `,
        of.list(items, to),
        pager(of.path, number, pages, to),
      ],
    });
  }
}

/** A list of statements below a head. */
export const statementListing = (of: Omit<Listing<Statement>, 'aPage' | 'list'>): Generator<SiteFile> =>
  listing({ ...of, aPage: STATEMENTS_A_PAGE, list: (items, to) => statementLists(items, to) });

function pager(path: PagePath, number: number, pages: number, to: Linker): Content {
  if (pages === 1) return undefined;
  const link = (target: number): Content =>
    target === number
      ? html`<li><a href="${to(pageOf(path, target))}" aria-current="page">${target}</a></li>`
      : html`<li><a href="${to(pageOf(path, target))}">${target}</a></li>`;
  return html`<nav class="pager" aria-label="Pages">
    <ol>
      ${Array.from({ length: pages }, (_, index) => link(index + 1))}
    </ol>
  </nav>`;
}
