/** HTML as values: whatever is put into a template is escaped, unless it is HTML already. */

/** Text that is HTML. Only `html` and what is built on it make one. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Html | string | number | undefined | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that are not seen or that turn the direction of what follows: other people's text must not use them. */
const UNSEEN = String.raw`\0-\x08\v\f\x0E-\x1F\x7F-\x9F\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF`;
const SPECIAL = new RegExp(`[&<>"'${UNSEEN}]`);
const EACH_SPECIAL = new RegExp(SPECIAL, 'g');

/** For text and for attributes in double quotes. */
export const escapeHtml = (text: string): string =>
  SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (character) => ENTITIES[character] ?? '\uFFFD') : text;

/** A tagged template; lists are joined, `undefined` is nothing. Indentation of the template does not count. */
export function html(pieces: TemplateStringsArray, ...values: readonly Content[]): Html {
  const flat = withoutIndentation(pieces);
  let text = flat[0] ?? '';
  for (const [index, value] of values.entries()) text += print(value) + (flat[index + 1] ?? '');
  return new Html(text);
}

const flattened = new WeakMap<TemplateStringsArray, readonly string[]>();

function withoutIndentation(pieces: TemplateStringsArray): readonly string[] {
  const known = flattened.get(pieces);
  if (known !== undefined) return known;
  const flat = pieces.map((piece) => piece.replace(/\n\s+/g, '\n'));
  flattened.set(pieces, flat);
  return flat;
}

function print(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(print).join('');
  return escapeHtml(String(content));
}

/** The parts that there are, with something between them. */
export const joined = (parts: readonly Content[], between: Content): Content =>
  parts
    .filter((part) => part !== undefined && part !== '')
    .flatMap((part, index) => (index === 0 ? [part] : [between, part]));

/** Text in which people mark code with backticks and what matters with two stars. */
export function inline(text: string): Content {
  return text.split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/).map((part) => {
    if (part.length > 2 && part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`;
    return part.startsWith('**') ? html`<strong>${part.slice(2, -2)}</strong>` : part;
  });
}

/** Paragraphs where the text has blank lines. */
export const paragraphs = (text: string): Content =>
  text
    .trim()
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => html`<p>${inline(part.trim())}</p>`);

/** A link to another site; an address that is no web page is shown and cannot be followed. */
export const outside = (url: string, text: Content = url): Html =>
  /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noopener noreferrer">${text}</a>` : html`${text}`;
