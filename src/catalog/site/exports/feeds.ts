/** What is new, as Atom (RFC 4287) and as JSON Feed 1.1. */
import { changeWords } from '../pages/news.ts';
import type { Change } from '../../model.ts';
import type { SiteContext } from '../context.ts';
import { escapeHtml } from '../html.ts';
import { statementPath } from '../paths.ts';

/** The newest; the page has all of them. */
const ENTRIES = 200;
const TITLE = 'Catalogue of false positives: what is new';

const newest = ({ catalogue }: SiteContext): readonly Change[] =>
  catalogue.changes.toReversed().slice(0, ENTRIES);

/** The day of a change is all that is known of its time. */
const instant = (day: string): string => `${day}T00:00:00Z`;

const titleOf = ({ kind, title }: Change): string => `${changeWords[kind]}: ${title}`;
const textOf = ({ before, after, title }: Change): string => after ?? before ?? title;
const idOf = ({ id, at, kind }: Change): string => `urn:winnow:catalogue:${id}:${at}:${kind}`;

export function atomFeed(context: SiteContext): string {
  const entries = newest(context).map(
    (change) => `<entry>
<id>${escapeHtml(idOf(change))}</id>
<title>${escapeHtml(titleOf(change))}</title>
<updated>${instant(change.at)}</updated>
<link href="${escapeHtml(statementPath(change.id))}"/>
<content type="text">${escapeHtml(textOf(change))}</content>
</entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:winnow:catalogue</id>
<title>${TITLE}</title>
<updated>${instant(context.catalogue.as_of)}</updated>
<author><name>Winnow</name></author>
<link rel="self" href="feed.atom"/>
<link rel="alternate" href="new.html"/>
${entries.join('')}</feed>
`;
}

export function jsonFeed(context: SiteContext): string {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: TITLE,
    home_page_url: 'new.html',
    feed_url: 'feed.json',
    items: newest(context).map((change) => ({
      id: idOf(change),
      url: statementPath(change.id),
      title: titleOf(change),
      content_text: textOf(change),
      date_published: instant(change.at),
    })),
  };
  return `${JSON.stringify(feed, undefined, 1)}\n`;
}
