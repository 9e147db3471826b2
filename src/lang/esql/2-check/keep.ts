/** KEEP, DROP and RENAME: which columns go on, and in which order (esql §2.4). */
import { matchesPattern } from '../../../data/glob.ts';
import type { Pattern } from '../../../data/pattern.ts';
import { MANY, patternText } from '../../../data/pattern.ts';
import { nearest } from '../../../base/typo.ts';
import type { Keep, NamePattern, Rename } from '../1-parse/ast.ts';
import { plainName } from '../1-parse/name.ts';
import { column } from './column.ts';
import type { Context } from './context.ts';
import type { Entry, Scope, ScopeColumn } from './scope.ts';
import { computed, names } from './scope.ts';
import type { Step } from './stats.ts';

export function checkKeep(command: Keep, context: Context): Step {
  for (const item of command.columns) checkItem(item, command.kind, context);
  const scope = command.kind === 'keep' ? kept(command, context.scope) : dropped(command, context.scope);
  return { operators: [{ kind: 'keep', columns: [...scope.columns.keys()], span: command.span }], scope };
}

/** A name must be a column; a pattern must match something, unless it may match fields of the event. */
function checkItem({ pattern, span }: NamePattern, kind: Keep['kind'], context: Context): void {
  const name = plainName(pattern);
  if (name !== undefined && kind === 'drop' && context.scope.admits(name)) return;
  if (name !== undefined) return void column({ kind: 'name', name, span }, { ...context, choosing: true });
  const { scope, report } = context;
  if (scope.entries.some(({ kind }) => kind === 'rest')) return;
  if ([...scope.columns.keys()].some((known) => matchesPattern(pattern, known))) return;
  const stem = nearest(patternText(pattern).replaceAll('*', ''), scope.columns.keys());
  const hint = stem === undefined ? undefined : `did you mean "${stem}"?`;
  report.say('ESQL206', `no column matches ${patternText(pattern)}`, span, hint);
}

/** A full name before a pattern, a pattern before `*`, and among equals the last one takes a column. */
const rank = (pattern: Pattern): number =>
  plainName(pattern) !== undefined ? 2 : pattern.length === 1 && pattern[0] === MANY ? 0 : 1;

function kept({ columns: items, span }: Keep, scope: Scope): Scope {
  const patterns = items.map(({ pattern }) => pattern);
  const ranks = patterns.map(rank);
  const beats = (one: number, other: number): boolean => {
    const difference = (ranks[one] ?? 0) - (ranks[other] ?? 0);
    return difference > 0 || (difference === 0 && one > other);
  };
  const entries = patterns.flatMap((pattern, i) => {
    const stronger = patterns.filter((_, j) => beats(j, i));
    return taken(pattern, stronger, scope);
  });
  return scope.restrict(entries, span);
}

/** What one item takes: columns that no stronger item takes, in their order, and its share of the rest. */
function taken(pattern: Pattern, stronger: readonly Pattern[], scope: Scope): Entry[] {
  const name = plainName(pattern);
  const strongerTakes = (known: string): boolean => stronger.some((other) => names(other, known));
  if (name !== undefined) return scope.has(name) && !strongerTakes(name) ? [{ kind: 'column', name }] : [];
  return scope.entries.flatMap((entry): Entry[] => {
    if (entry.kind === 'column')
      return names(pattern, entry.name) && !strongerTakes(entry.name) ? [entry] : [];
    const matching = rank(pattern) === 0 ? entry.matching : [...entry.matching, pattern];
    return [{ kind: 'rest', matching, without: [...entry.without, ...stronger] }];
  });
}

function dropped({ columns: items, span }: Keep, scope: Scope): Scope {
  const names = items.flatMap(({ pattern }) => plainName(pattern) ?? []);
  const patterns = items.map(({ pattern }) => pattern).filter((pattern) => plainName(pattern) === undefined);
  return scope.drop(names, patterns, span);
}

/** One after the other, as later pairs see the names that earlier ones have given. */
export function checkRename({ pairs, span }: Rename, context: Context): Step {
  let { scope } = context;
  const columns: { from: string; to: string }[] = [];
  for (const { from, to } of pairs) {
    const found = column(from, { ...context, scope });
    if (found === undefined || from.name === to.name) continue;
    scope = renamed(scope, from.name, to.name, found, span);
    columns.push({ from: from.name, to: to.name });
  }
  return { operators: columns.map((pair) => ({ kind: 'rename', columns: [pair], span })), scope };
}

/** The new name stands where the old one was. */
function renamed(scope: Scope, from: string, to: string, found: ScopeColumn, span: Rename['span']): Scope {
  const place = scope.entries.findIndex((entry) => entry.kind === 'column' && entry.name === from);
  const next = scope.drop([from], [], span).set([[to, computed(found)]]);
  if (place === -1) return next;
  const others = next.entries.filter((entry) => entry.kind === 'rest' || entry.name !== to);
  const before = scope.entries
    .slice(0, place)
    .filter((entry) => entry.kind === 'column' && entry.name === to).length;
  const at = place - before;
  return next.restrict([...others.slice(0, at), { kind: 'column', name: to }, ...others.slice(at)], span);
}
