/** Text from events and rules inside Markdown: shown as it is, never as markup, a link, a mention or HTML. */
import { safe } from './safe.ts';

/** ASCII punctuation may always be escaped in Markdown; in GitHub's dialect a blank joiner is what stops mentions. */
export const escapeMarkdown = (text: string): string =>
  safe(text)
    .replace(/[\\`*_{}[\]()#+!|~]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
    .replace(/^(\s*)([-=])/, String.raw`$1\$2`)
    .replace(/^(\s*\d+)\./, String.raw`$1\.`)
    .replaceAll('://', '&#58;//')
    .replaceAll('www.', 'www&#46;');

/** A code span that holds any text, back-quotes included; safe in a cell of a table. */
export function code(text: string): string {
  const shown = safe(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
