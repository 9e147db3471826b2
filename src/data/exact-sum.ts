/**
 * Sums of doubles without rounding on the way (Shewchuk's expansions), so that the order of the addends, and where they
 * are cut into parts, changes nothing. An expansion is a list of doubles that do not overlap, least first.
 */

/** Changes and returns the expansion; undefined when no double is large enough. */
export function addExactly(expansion: number[], addend: number): number[] | undefined {
  let carry = addend;
  let kept = 0;
  for (const part of expansion) {
    const [large, small] = Math.abs(carry) < Math.abs(part) ? [part, carry] : [carry, part];
    const sum = large + small;
    const rest = small - (sum - large);
    if (rest !== 0) expansion[kept++] = rest;
    carry = sum;
  }
  if (!Number.isFinite(carry)) return undefined;
  expansion.length = kept;
  expansion.push(carry);
  return expansion;
}

/** The double nearest to the exact sum of the numbers; not a number when no double is large enough. */
export function exactSum(numbers: Iterable<number>): number {
  let expansion: number[] | undefined = [];
  for (const number of numbers) expansion = expansion && addExactly(expansion, number);
  return expansion === undefined ? NaN : roundExactly(expansion);
}

/** The double nearest to the exact sum. */
export function roundExactly(expansion: readonly number[]): number {
  let at = expansion.length - 1;
  let sum = expansion[at] ?? 0;
  let rest = 0;
  while (at > 0 && rest === 0) {
    const before = sum;
    const part = expansion[--at] ?? 0;
    sum = before + part;
    rest = part - (sum - before);
  }
  // Halfway between two doubles, the parts below decide.
  const below = expansion[at - 1] ?? 0;
  if ((rest < 0 && below < 0) || (rest > 0 && below > 0)) {
    const doubled = rest * 2;
    if (sum + doubled - sum === doubled) return sum + doubled;
  }
  return sum;
}
