/** Units of time spans (`5 minutes`, `1d`), with the short forms. */
export type TimeUnit =
  'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const SHORT: Readonly<Record<TimeUnit, readonly string[]>> = {
  millisecond: ['ms'],
  second: ['sec', 's'],
  minute: ['min', 'm'],
  hour: ['h'],
  day: ['d'],
  week: ['w'],
  month: ['mo'],
  quarter: ['q'],
  year: ['yr', 'y'],
};

const units: ReadonlyMap<string, TimeUnit> = new Map(
  (Object.entries(SHORT) as [TimeUnit, readonly string[]][]).flatMap(([unit, short]) =>
    [unit, `${unit}s`, ...short].map((word): [string, TimeUnit] => [word, unit]),
  ),
);

export const timeUnit = (word: string): TimeUnit | undefined => units.get(word.toLowerCase());

export const TIME_UNITS: readonly string[] = [...units.keys()];
