/**
 * The order of versions, as Elasticsearch's version type has it: parts between dots by number, a release after its
 * previews, a preview by its parts (numbers before words), what comes behind `+` last. What is no version comes after
 * all versions, as text.
 */
import { compareCodePoints } from './code-points.ts';

const VERSION = /^(\d+(?:\.\d+)*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;

/** Negative, zero or positive. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [VERSION.exec(a), VERSION.exec(b)];
  if (left === null || right === null)
    return left === right ? compareCodePoints(a, b) : left === null ? 1 : -1;
  const [, aNumbers = '', aPreview, aBuild] = left;
  const [, bNumbers = '', bPreview, bBuild] = right;
  return (
    compareParts(aNumbers, bNumbers) ||
    compareOptional(aPreview, bPreview, 1) ||
    compareOptional(aBuild, bBuild, -1)
  );
}

/** `without` is the sign of a version that has no such part against one that has. */
function compareOptional(a: string | undefined, b: string | undefined, without: number): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? without : -without;
  return compareParts(a, b);
}

function compareParts(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = comparePart(left[i] ?? '', right[i] ?? '');
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

const DIGITS = /^\d+$/;

function comparePart(a: string, b: string): number {
  const [left, right] = [DIGITS.test(a), DIGITS.test(b)];
  if (left && right) return Number(BigInt(a) - BigInt(b));
  return left === right ? compareCodePoints(a, b) : left ? -1 : 1;
}
