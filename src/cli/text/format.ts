/** How numbers, times and sizes are written, everywhere the same. Times are UTC: logs from several zones meet here. */

const grouped = new Intl.NumberFormat('en-US');

/** `20,481`. */
export const number = (value: number): string => grouped.format(Math.round(value));

/** `1 event`, `2 events`; a plural other than with `s` is given. */
export const plural = (count: number, singular: string, many = `${singular}s`): string =>
  `${number(count)} ${count === 1 ? singular : many}`;

/** `2024-05-07 09:12:03`, UTC; `no time` when there is none. */
export const instant = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? 'no time' : isoInstant(milliseconds).slice(0, 19).replace('T', ' ');

/** `2024-05-07T09:12:03.000Z`. Times out of the range of a date are shown as the number that they are. */
export const isoInstant = (milliseconds: number): string => {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
};

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `41.2 MB`, with powers of 1,000. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? `${count} B` : `${value.toFixed(1)} ${UNITS[unit]}`;
}

/** `950 ms`, `1.2 s`, `3 min 20 s`, `23 h 59 min`, `4 d 2 h`: two units at most. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor(whole / 3600) % 24} h`;
}
