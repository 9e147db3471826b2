/**
 * Whether time alone can let a row through: `@timestamp < NOW() - 5m` is false now and true in five minutes, while
 * `first_seen > NOW() - 5m` can only become false. Where in doubt, it can.
 */
import { byKind } from '../../plan/fold.ts';
import type { Operator } from '../../plan/pipeline.ts';
import type { Aggregate, RowExpression } from '../../plan/row.ts';

/** How a value changes as time goes on, and a condition from false (less) to true (more). */
type Course = 'same' | 'up' | 'down' | 'any';

const opposite = (course: Course): Course => (course === 'up' ? 'down' : course === 'down' ? 'up' : course);

/** Of something that goes with each of its parts. */
function together(courses: readonly Course[]): Course {
  const changing = [...new Set(courses)].filter((course) => course !== 'same');
  return changing.length > 1 ? 'any' : (changing[0] ?? 'same');
}

/** Of something that may go either way with its parts. */
const unsure = (courses: readonly Course[]): Course => (together(courses) === 'same' ? 'same' : 'any');

type Columns = ReadonlyMap<string, Course>;

const courseOf = byKind<RowExpression, Course, [Columns]>({
  constant: () => 'same',
  column: ({ name }, _go, columns) => columns.get(name) ?? 'same',
  widen: ({ arg }, go, columns) => go(arg, columns),
  arithmetic: ({ op, left, right }, go, columns) => {
    const [a, b] = [go(left, columns), go(right, columns)];
    if (op === 'add') return together([a, b]);
    return op === 'subtract' ? together([a, opposite(b)]) : unsure([a, b]);
  },
  negate: ({ arg }, go, columns) => opposite(go(arg, columns)),
  shift: ({ op, arg, by }, go, columns) => {
    const length = go(by, columns);
    return together([go(arg, columns), op === 'add' ? length : opposite(length)]);
  },
  compare: ({ op, left, right }, go, columns) => {
    const [a, b] = [go(left, columns), go(right, columns)];
    if (op === 'gt' || op === 'gte') return together([a, opposite(b)]);
    return op === 'lt' || op === 'lte' ? together([opposite(a), b]) : unsure([a, b]);
  },
  in: ({ arg, list }, go, columns) => unsure([arg, ...list].map((part) => go(part, columns))),
  like: ({ arg }, go, columns) => unsure([go(arg, columns)]),
  rlike: ({ arg }, go, columns) => unsure([go(arg, columns)]),
  isNull: ({ arg }, go, columns) => unsure([go(arg, columns)]),
  and: ({ args }, go, columns) => together(args.map((arg) => go(arg, columns))),
  or: ({ args }, go, columns) => together(args.map((arg) => go(arg, columns))),
  not: ({ arg }, go, columns) => opposite(go(arg, columns)),
  case: ({ branches, otherwise }, go, columns) => {
    const parts = branches.flatMap(({ when, then }) => [when, then]);
    return unsure(
      [...parts, ...(otherwise === undefined ? [] : [otherwise])].map((part) => go(part, columns)),
    );
  },
  call: ({ name, args }, go, columns) => {
    if (name === 'NOW') return 'up';
    const courses = args.map((arg) => go(arg, columns));
    const [unit = 'same', from = 'same', to = 'same'] = courses;
    return name === 'DATE_DIFF' ? together([unit, opposite(from), to]) : unsure(courses);
  },
  document: () => 'same',
  fuzzy: () => 'same',
});

const aggregateCourse = ({ args, where }: Aggregate, columns: Columns): Course =>
  unsure([...args, ...(where === undefined ? [] : [where])].map((part) => courseOf(part, columns)));

export function ripens(operators: readonly Operator[]): boolean {
  const columns = new Map<string, Course>();
  return operators.some((operator) => {
    if (operator.kind === 'where') return ['up', 'any'].includes(courseOf(operator.condition, columns));
    follow(operator, columns);
    return false;
  });
}

function follow(operator: Operator, columns: Map<string, Course>): void {
  if (operator.kind === 'eval')
    for (const { name, value } of operator.columns) columns.set(name, courseOf(value, columns));
  if (operator.kind === 'rename')
    for (const { from, to } of operator.columns) columns.set(to, columns.get(from) ?? 'same');
  if (operator.kind !== 'stats' && operator.kind !== 'inlineStats') return;
  const keys = operator.keys.map(({ name, value }) => [name, courseOf(value, columns)] as const);
  const values = operator.aggregates.map(
    ({ name, value }) => [name, aggregateCourse(value, columns)] as const,
  );
  for (const [name, course] of [...values, ...keys]) columns.set(name, course);
}
