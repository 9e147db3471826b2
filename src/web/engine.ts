/**
 * The search itself, a script of its own that is loaded when somebody first searches. It takes what `search-data.js`
 * gives it: a page that was opened from a folder can load scripts, and nothing else.
 */
import { searchOf } from '../catalog/site/search/unpack.ts';
import { RECEIVER } from '../catalog/site/search/search-data.ts';
import type { SearchData } from '../catalog/site/search/search-data.ts';
import type { Finding } from './contract.ts';

declare global {
  interface Window {
    [RECEIVER]?: (data: SearchData) => void;
  }
}

window[RECEIVER] = (data) => {
  const search = searchOf(data);
  const titles = new Map(data.behaviours.map(({ id, title }) => [id, title]));
  window.winnowSearch = (text, limit): Finding => {
    const { total, groups, hits, facets, diagnostics } = search.search(text, { limit });
    return {
      total,
      groups,
      hits: hits.map(({ statement, alike }) => ({
        alike: alike.map(({ id }) => id),
        id: statement.id,
        title: statement.title,
        text: statement.text,
        origins: statement.origins,
        sources: statement.sources,
        rules: statement.rules.length,
        deprecated: statement.deprecated,
        behaviours: statement.behaviours.map((id) => ({ id, title: titles.get(id) ?? id })),
      })),
      facets,
      techniques: data.techniques,
      problems: diagnostics.map(({ message, hint }) =>
        capital(hint === undefined ? message : `${message}: ${hint}`),
      ),
    };
  };
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
