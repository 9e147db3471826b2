/** The query of a profile as it is written, with `{{name}}` where the values of a parameter go. */
import type { Source } from '../../base/source.ts';
import { embedded } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { span } from '../../base/span.ts';

const PLACEHOLDER = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

export interface Placeholder {
  readonly name: string;
  readonly span: Span;
}

export const placeholdersOf = (template: string): Placeholder[] =>
  [...template.matchAll(PLACEHOLDER)].map(({ 0: text, 1: name = '', index }) => ({
    name,
    span: span(index, index + text.length),
  }));

/** What was put in, from one offset of the query to another, and the placeholder that it stands for. */
interface Insertion {
  readonly from: number;
  readonly to: number;
  readonly place: Span;
}

/**
 * The query with `text` in place of each placeholder, which is told by name and number; the query's places lead back to
 * the template.
 */
export function filled(template: Source, text: (name: string, position: number) => string): Source {
  let query = '';
  let done = 0;
  const insertions: Insertion[] = [];
  for (const [position, { name, span: place }] of placeholdersOf(template.text).entries()) {
    query += template.text.slice(done, place.start);
    const inserted = text(name, position);
    insertions.push({ from: query.length, to: query.length + inserted.length, place });
    query += inserted;
    done = place.end;
  }
  return embedded(template, query + template.text.slice(done), (offset) => inTemplate(offset, insertions));
}

function inTemplate(offset: number, insertions: readonly Insertion[]): number {
  const last = insertions.findLast(({ from }) => from <= offset);
  if (last === undefined) return offset;
  return offset < last.to ? last.place.start : last.place.end + offset - last.to;
}
