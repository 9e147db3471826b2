/** Clauses of an explanation, on a terminal and in JSON. */
import type { Source } from '../base/source.ts';
import type { Explanation } from '../exec/explain/index.ts';
import { hanging } from './text/layout.ts';
import type { Paint } from './text/paint.ts';

const looks: Readonly<Record<string, keyof Pick<Paint, 'good' | 'bad' | 'warn'>>> = {
  '✓': 'good',
  '✗': 'bad',
  '?': 'warn',
};

/** The mark in its colour, and what does not fit under the words of the clause. */
export function clauseLines(line: string, width: number, paint: Paint): string[] {
  const [, lead = '', mark = '', words = ''] = /^( *)(?:([✓✗?]) )?(.*)$/.exec(line) ?? [];
  const look = looks[mark];
  const left = lead.length + (mark === '' ? 0 : 2);
  return hanging('', words, width, left).map((part, index) =>
    index === 0 && look !== undefined ? `${lead}${paint[look](mark)} ${part.slice(left)}` : part,
  );
}

/** Spans count in the query; a reader of the JSON has the rule's file. */
export function withPlaces({ span, children, ...rest }: Explanation, query: Source): object {
  return {
    ...rest,
    ...(span === undefined
      ? {}
      : { place: query.place(span.start), written: query.text.slice(span.start, span.end) }),
    children: children.map((child) => withPlaces(child, query)),
  };
}
