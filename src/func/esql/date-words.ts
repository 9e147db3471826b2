/** Words for units and parts of dates that functions take as text, in any case. */

const UNITS = {
  nanosecond: ['nanoseconds', 'ns'],
  microsecond: ['microseconds', 'mcs'],
  millisecond: ['milliseconds', 'ms'],
  second: ['seconds', 'ss', 's'],
  minute: ['minutes', 'mi', 'n'],
  hour: ['hours', 'hh'],
  day: ['days', 'dd', 'd'],
  week: ['weeks', 'wk', 'ww'],
  month: ['months', 'mm', 'm'],
  quarter: ['quarters', 'qq', 'q'],
  year: ['years', 'yyyy', 'yy'],
  dayofyear: ['dy', 'y'],
  weekday: ['weekdays', 'dw'],
} as const;

export type DateUnit = keyof typeof UNITS;

const unitByWord: ReadonlyMap<string, DateUnit> = new Map(
  (Object.entries(UNITS) as [DateUnit, readonly string[]][]).flatMap(([unit, words]) =>
    [unit, ...words].map((word): [string, DateUnit] => [word, unit]),
  ),
);

/** Every word for a unit that DATE_DIFF takes. */
export const DATE_UNITS: readonly string[] = [...unitByWord.keys()];

/** The unit that a word means, in any case. */
export const dateUnit = (word: string): DateUnit | undefined => unitByWord.get(word.toLowerCase());

/** What DATE_EXTRACT takes: the names of Java's fields of a date. */
export const DATE_PARTS: readonly string[] = [
  'year',
  'year_of_era',
  'era',
  'proleptic_month',
  'month_of_year',
  'aligned_week_of_month',
  'aligned_week_of_year',
  'aligned_day_of_week_in_month',
  'aligned_day_of_week_in_year',
  'day_of_year',
  'day_of_month',
  'day_of_week',
  'epoch_day',
  'ampm_of_day',
  'hour_of_day',
  'clock_hour_of_day',
  'hour_of_ampm',
  'clock_hour_of_ampm',
  'minute_of_hour',
  'minute_of_day',
  'second_of_minute',
  'second_of_day',
  'instant_seconds',
  'offset_seconds',
  'milli_of_second',
  'milli_of_day',
  'micro_of_second',
  'micro_of_day',
  'nano_of_second',
  'nano_of_day',
];
