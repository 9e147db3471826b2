/**
 * Wildcard patterns against whole texts (kql §4.1, eql §4). `many` crosses line ends; `one` is one code point, so
 * a surrogate pair counts once. Two evaluators: `matchesPattern` is the obvious one, `globMatcher` the fast one,
 * and a property holds them together. Neither backtracks over earlier marks: the cost is at most the product of
 * the two lengths.
 */
import type { Pattern, PatternPart } from './pattern.ts';

/** Whether the whole text matches, by following all readings of the pattern at once, one code point at a time. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const parts = joined(pattern).flatMap((part): PatternPart[] =>
    typeof part === 'string' ? [...part] : [part],
  );
  let reached = skipMany(parts, new Set([0]));
  for (const character of text) reached = skipMany(parts, advance(parts, reached, character));
  return reached.has(parts.length);
}

function advance(parts: Pattern, reached: ReadonlySet<number>, character: string): Set<number> {
  const next = new Set<number>();
  for (const at of reached) {
    const part = parts[at];
    if (isMany(part)) next.add(at);
    else if (part === character || (typeof part === 'object' && part.any === 'one')) next.add(at + 1);
  }
  return next;
}

function skipMany(parts: Pattern, reached: Set<number>): Set<number> {
  for (const at of reached) if (isMany(parts[at])) reached.add(at + 1);
  return reached;
}

/** Decides once which kind of pattern it is, and returns the cheapest test for that kind. */
export function globMatcher(pattern: Pattern): (text: string) => boolean {
  const parts = joined(pattern);
  // Half a surrogate pair in the pattern must not match half a pair of the text, which only the slow way sees.
  if (parts.some((part) => typeof part === 'string' && !part.isWellFormed()))
    return (text) => matchesPattern(parts, text);
  const segments = splitAtMany(parts);
  const [head = [], ...rest] = segments;
  const tail = rest.pop();
  if (tail === undefined) return wholeMatcher(head);
  const middle = rest.filter((segment) => segment.length > 0);
  return openMatcher(head, middle, tail);
}

type Segment = readonly PatternPart[];

const isMany = (part: PatternPart | undefined): boolean => typeof part === 'object' && part.any === 'many';

/** Neighbouring literals as one. */
function joined(pattern: Pattern): Pattern {
  const parts: PatternPart[] = [];
  for (const part of pattern) {
    const last = parts.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

function splitAtMany(parts: Pattern): Segment[] {
  const segments: PatternPart[][] = [[]];
  for (const part of parts) {
    if (isMany(part)) segments.push([]);
    else segments.at(-1)?.push(part);
  }
  return segments;
}

/** The text of a segment without `one` marks. */
function plain(segment: Segment): string | undefined {
  if (segment.length === 0) return '';
  const [only] = segment;
  return segment.length === 1 && typeof only === 'string' ? only : undefined;
}

function wholeMatcher(segment: Segment): (text: string) => boolean {
  const literal = plain(segment);
  if (literal !== undefined) return (text) => text === literal;
  return (text) => matchForward(segment, text, 0) === text.length;
}

/** A pattern with at least one `many`: an anchored head and tail, and segments that float between them. */
function openMatcher(head: Segment, middle: readonly Segment[], tail: Segment): (text: string) => boolean {
  const prefix = plain(head);
  const suffix = plain(tail);
  if (prefix === undefined || suffix === undefined) return generalMatcher(head, middle, tail);
  if (middle.length === 0) return edgesMatcher(prefix, suffix);
  const floats = middle.map(plain);
  if (!floats.every((float) => float !== undefined)) return generalMatcher(head, middle, tail);
  return floatsMatcher(prefix, floats, suffix);
}

function edgesMatcher(prefix: string, suffix: string): (text: string) => boolean {
  if (prefix === '' && suffix === '') return () => true;
  if (suffix === '') return (text) => text.startsWith(prefix);
  if (prefix === '') return (text) => text.endsWith(suffix);
  const least = prefix.length + suffix.length;
  return (text) => text.length >= least && text.startsWith(prefix) && text.endsWith(suffix);
}

/** The leftmost place for each floating literal leaves the most room for the next one. */
function floatsMatcher(prefix: string, floats: readonly string[], suffix: string): (text: string) => boolean {
  const [first = ''] = floats;
  if (floats.length === 1 && prefix === '' && suffix === '') return (text) => text.includes(first);
  return (text) => {
    if (!text.startsWith(prefix) || !text.endsWith(suffix)) return false;
    let from = prefix.length;
    for (const float of floats) {
      const at = text.indexOf(float, from);
      if (at === -1) return false;
      from = at + float.length;
    }
    return from <= text.length - suffix.length;
  };
}

function generalMatcher(head: Segment, middle: readonly Segment[], tail: Segment): (text: string) => boolean {
  return (text) => {
    let from = matchForward(head, text, 0);
    if (from === -1) return false;
    const end = matchBackward(tail, text, from);
    for (const segment of middle) {
      if (end === -1) return false;
      from = findForward(segment, text, from);
      if (from === -1) return false;
    }
    return end !== -1 && from <= end;
  };
}

/** Where the segment ends when it begins at `at`; -1 when it does not fit there. */
function matchForward(segment: Segment, text: string, at: number): number {
  let position = at;
  for (const part of segment) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, position)) return -1;
      position += part.length;
    } else {
      if (position >= text.length) return -1;
      position += isPair(text, position) ? 2 : 1;
    }
  }
  return position;
}

/** Where the segment begins when it ends the text, not before `least`; -1 when it does not fit there. */
function matchBackward(segment: Segment, text: string, least: number): number {
  let position = text.length;
  for (let i = segment.length - 1; i >= 0; i--) {
    const part = segment[i];
    if (typeof part === 'string') {
      if (!text.endsWith(part, position)) return -1;
      position -= part.length;
    } else {
      position -= isPair(text, position - 2) ? 2 : 1;
    }
    if (position < least) return -1;
  }
  return position;
}

/** The end of the leftmost place of the segment at or after `from`; -1 when there is none. */
function findForward(segment: Segment, text: string, from: number): number {
  const [first] = segment;
  for (let at = from; at <= text.length; at++) {
    if (typeof first === 'string') {
      at = text.indexOf(first, at);
      if (at === -1) return -1;
    }
    const end = matchForward(segment, text, at);
    if (end !== -1) return end;
  }
  return -1;
}

/** Whether a surrogate pair, one code point in two units, begins at the position. */
function isPair(text: string, position: number): boolean {
  const high = text.charCodeAt(position);
  if (!(high >= 0xd800 && high <= 0xdbff)) return false;
  const low = text.charCodeAt(position + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}
