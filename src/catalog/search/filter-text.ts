/** Facets in the text of a search: clicking a facet writes what one could have typed. */

/** A facet with its values as it stands in a search; a quoted value is one value. */
const FILTER = /(?<=^|\s)(-?)([a-z]+):("[^"]*"|\S+)/gi;

const valuesIn = (raw: string): string[] =>
  raw.startsWith('"') ? [raw.slice(1, -1).toLowerCase()] : raw.toLowerCase().split(',');

/** Whether the search asks for the value. */
export function hasFilter(query: string, facet: string, value: string): boolean {
  return [...query.matchAll(FILTER)].some(
    ([, minus, name = '', raw = '']) =>
      minus === '' && name.toLowerCase() === facet && valuesIn(raw).includes(value.toLowerCase()),
  );
}

/** The search with the value, or without it if it had it. */
export function toggleFilter(query: string, facet: string, value: string): string {
  if (!hasFilter(query, facet, value)) return `${query.trim()} ${facet}:${quoted(value)}`.trim();
  const without = query.replace(FILTER, (whole, minus: string, name: string, raw: string) => {
    if (minus !== '' || name.toLowerCase() !== facet) return whole;
    const rest = valuesIn(raw).filter((one) => one !== value.toLowerCase());
    return rest.length === 0 ? '' : `${name}:${rest.join(',')}`;
  });
  return without.replace(/\s+/g, ' ').trim();
}

const quoted = (value: string): string => (/[\s,]/.test(value) ? `"${value}"` : value);
