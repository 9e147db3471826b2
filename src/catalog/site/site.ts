/**
 * The catalogue as a static site: every page and every file of data as text, one after the other, so that a caller can
 * write thousands of them and hold few. The same catalogue gives the same bytes.
 */
import type { SiteContext, SiteInput } from './context.ts';
import { siteContext } from './context.ts';
import { atomFeed, jsonFeed } from './exports/feeds.ts';
import { navigatorLayer } from './exports/navigator.ts';
import { asCsv, asJson, asNdjson } from './exports/print.ts';
import { jsonSchema, recordKinds, recordsOf } from './exports/records.ts';
import type { SiteFile } from './layout.ts';
import { aboutPage } from './pages/about.ts';
import { behaviourPage, behavioursPage } from './pages/behaviour.ts';
import { homePage } from './pages/home.ts';
import { newsPages } from './pages/news.ts';
import { qualityPage } from './pages/quality.ts';
import { ruleLists, rulePage } from './pages/rule.ts';
import { aliasPage, statementPage, tombstonePage } from './pages/statement.ts';
import { everyStatement, subjectPages } from './pages/subject.ts';
import { matrixPage, techniquePages } from './pages/technique.ts';
import { searchData } from './search/search-data.ts';

/** Everything but styles and scripts, which are the same for every catalogue. */
export function* siteFiles(input: SiteInput): Generator<SiteFile> {
  const context = siteContext(input);
  yield homePage(context);
  yield aboutPage(context);
  yield qualityPage(context);
  yield behavioursPage(context);
  yield matrixPage(context);
  yield* newsPages(context);
  yield* subjectPages(context);
  yield* everyStatement(context);
  yield* ruleLists(context);
  yield* techniquePages(context);
  for (const behaviour of context.behaviours) yield behaviourPage(context, behaviour);
  for (const rule of context.catalogue.rules) yield rulePage(context, rule);
  yield* statementPages(context);
  yield* dataFiles(context);
}

function* statementPages(context: SiteContext): Generator<SiteFile> {
  for (const one of context.statements.values()) {
    yield statementPage(context, one);
    for (const alias of one.aliases) yield aliasPage(alias, one);
  }
  for (const gone of context.catalogue.tombstones) yield tombstonePage(context, gone);
}

function* dataFiles(context: SiteContext): Generator<SiteFile> {
  for (const kind of recordKinds) {
    const records = recordsOf(kind, context);
    yield { path: `api/v1/${kind}.json`, text: asJson(records) };
    yield { path: `api/v1/${kind}.ndjson`, text: asNdjson(records) };
    yield { path: `api/v1/${kind}.csv`, text: asCsv(kind, records) };
  }
  yield { path: 'api/v1/schema.json', text: `${JSON.stringify(jsonSchema(), undefined, 1)}\n` };
  yield { path: 'api/v1/index.json', text: indexFile(context) };
  yield { path: 'api/v1/navigator-layer.json', text: navigatorLayer(context) };
  yield { path: 'feed.atom', text: atomFeed(context) };
  yield { path: 'feed.json', text: jsonFeed(context) };
  yield { path: 'search-data.js', text: searchData(context) };
}

function indexFile(context: SiteContext): string {
  const { schema, as_of, attack, checkouts, counts } = context.catalogue;
  const files = recordKinds.map((kind) => ({
    kind,
    records: recordsOf(kind, context).length,
    json: `${kind}.json`,
    ndjson: `${kind}.ndjson`,
    csv: `${kind}.csv`,
  }));
  return `${JSON.stringify({ schema, as_of, attack, checkouts, counts, files, json_schema: 'schema.json' }, undefined, 1)}\n`;
}
