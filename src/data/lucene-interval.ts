/** A range of decimal numbers as a regular expression: Lucene's `<5-120>`. */

/**
 * RE2 syntax for the numbers between two bounds, both included and in any order. Bounds of equal length ask for
 * exactly that many digits; otherwise any number of leading zeros is allowed.
 */
export function intervalRegexp(one: string, other: string): string {
  const [least, most] = Number(one) <= Number(other) ? [one, other] : [other, one];
  if (one.length === other.length) return `(?:${sameLength(least, most).join('|')})`;
  return `(?:0*(?:${byLength(String(Number(least)), String(Number(most))).join('|')}))`;
}

/** Splits the range where the number of digits grows. */
function byLength(least: string, most: string): string[] {
  if (least.length === most.length) return sameLength(least, most);
  const nines = '9'.repeat(least.length);
  return [...sameLength(least, nines), ...byLength(`1${'0'.repeat(least.length)}`, most)];
}

/** Alternatives for the numbers between two of equal length: the bounds' own leading digits, and all between. */
function sameLength(least: string, most: string): string[] {
  const [low = '', high = ''] = [least[0], most[0]];
  const [lowRest, highRest] = [least.slice(1), most.slice(1)];
  if (lowRest === '') return [digit(Number(low), Number(high))];
  const zeros = '0'.repeat(lowRest.length);
  const nines = '9'.repeat(lowRest.length);
  if (low === high) return [`${low}(?:${sameLength(lowRest, highRest).join('|')})`];
  if (lowRest === zeros && highRest === nines)
    return [digit(Number(low), Number(high)) + anyDigits(lowRest.length)];
  const between =
    Number(high) - Number(low) > 1
      ? [digit(Number(low) + 1, Number(high) - 1) + anyDigits(lowRest.length)]
      : [];
  return [
    `${low}(?:${sameLength(lowRest, nines).join('|')})`,
    ...between,
    `${high}(?:${sameLength(zeros, highRest).join('|')})`,
  ];
}

const digit = (low: number, high: number): string => (low === high ? String(low) : `[${low}-${high}]`);
const anyDigits = (count: number): string => `[0-9]{${count}}`;
