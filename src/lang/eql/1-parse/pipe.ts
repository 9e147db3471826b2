/** `| head 10`, `| tail 10`; the pipes of python-eql are refused by name (eql §7). */
import { didYouMean } from '../../../base/typo.ts';
import type { Pipe } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { spanOf } from './cursor.ts';
import { count } from './quantity.ts';

const PIPES = ['head', 'tail'] as const;

/** What to do instead of a pipe that only python-eql has. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['filter', 'add the condition to "where"'],
  ['unique', 'leave it to the alert suppression of the rule'],
  ['unique_count', 'use a threshold rule'],
  ['count', 'use a threshold rule'],
  ['sort', 'leave it out: events are in the order of their time'],
  ['window', 'write a sequence with maxspan'],
]);

export function pipes(c: Cursor): Pipe[] {
  const found: Pipe[] = [];
  while (c.accept('|') !== undefined)
    found.push(
      ...c.recovering(
        () => [pipe(c)],
        () => [],
      ),
    );
  if (!c.atEnd) throw c.unexpected('"|" or the end of the query');
  return found;
}

function pipe(c: Cursor): Pipe {
  const token = c.peek();
  const kind = PIPES.find((name) => c.acceptWord(name));
  if (kind === undefined) throw unknownPipe(c);
  const { value } = count(c, `the number behind "${kind}"`);
  return { kind, count: value, span: c.since(token.start) };
}

function unknownPipe(c: Cursor): Error {
  const token = c.peek();
  if (token.kind !== 'identifier') return c.unexpected('"head" or "tail"');
  const only = 'there are only "head" and "tail"';
  const hint = ELSEWHERE.get(token.text) ?? didYouMean(token.text, PIPES) ?? only;
  return c.report.fatal('EQL121', `EQL has no pipe "${token.text}"`, spanOf(token), hint);
}
