/** What a rule's author changed since an overlay was written: the third side beside the author's value and ours. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import { getAt, label } from '../format/path.ts';
import type { Path } from '../format/positions.ts';
import type { RuleFile } from '../format/rule-file.ts';
import type { Base, Overlay, OverlaySet } from './model.ts';

/** OVL102, OVL103 and OVL104 about one overlay and the rule as its author has it. */
export function conflicts(rule: RuleFile, overlay: Overlay, digest: OverlaySet['digest']): Diagnostic[] {
  const changes = leavesOf(overlay.patch);
  const { base } = overlay;
  if (base === undefined) return changesRule(overlay) ? [withoutBase(rule, overlay, digest)] : [];
  return [
    ...changes.flatMap((path) => compare(rule, overlay, base, path)),
    ...(overlay.clauses.length > 0 ? compareQuery(rule, overlay, base, digest) : []),
  ];
}

const changesRule = ({ patch, clauses }: Overlay): boolean =>
  Object.keys(patch).length > 0 || clauses.length > 0;

/** The paths of everything that is no table. */
const leavesOf = (patch: JsonObject): Path[] =>
  Object.entries(patch).flatMap(([key, value]) =>
    isObject(value) ? leavesOf(value).map((below) => [key, ...below]) : [[key]],
  );

const authors = ({ document }: RuleFile): JsonObject => document.rule as unknown as JsonObject;

function compare(rule: RuleFile, overlay: Overlay, base: Base, path: Path): Diagnostic[] {
  const [now, ours] = [getAt(authors(rule), path), getAt(overlay.patch, path)];
  const then = getAt(base.values, path);
  const name = label(['rule', ...path]);
  const { place } = path.reduce((cursor, step) => cursor.child(step), overlay.cursor.child('rule'));
  if (isEqual(now, ours))
    return [diagnostic('OVL104', `"${name}" is ${shown(now)} in the rule by now, as in the overlay`, place)];
  const values = `it is ${shown(now)} in the rule now, and the overlay sets ${shown(ours)}`;
  if (then !== undefined)
    return isEqual(then, now)
      ? []
      : [diagnostic('OVL102', `the author changed "${name}" from ${shown(then)}: ${values}`, place)];
  return isUpdated(rule, base)
    ? [diagnostic('OVL102', `the rule was updated, perhaps in "${name}": ${values}`, place)]
    : [];
}

function compareQuery(
  rule: RuleFile,
  { cursor }: Overlay,
  base: Base,
  digest: OverlaySet['digest'],
): Diagnostic[] {
  const now = digestOfQuery(rule, digest);
  const changed = base.querySha256 === undefined ? isUpdated(rule, base) : base.querySha256 !== now;
  if (!changed) return [];
  const at = cursor.child('base').child('query_sha256');
  const message = 'the author changed the query that the overlay adds a clause to';
  return [diagnostic('OVL102', message, { ...at.place, hint: `its query_sha256 is "${now}" now` })];
}

const digestOfQuery = (rule: RuleFile, digest: OverlaySet['digest']): string | undefined => {
  const query = authors(rule)['query'];
  return typeof query === 'string' ? digest(query) : undefined;
};

const isUpdated = ({ document }: RuleFile, { updatedDate }: Base): boolean =>
  updatedDate !== undefined && updatedDate !== document.metadata.updated_date;

function withoutBase(rule: RuleFile, overlay: Overlay, digest: OverlaySet['digest']): Diagnostic {
  const { updated_date: updated } = rule.document.metadata;
  const sha = overlay.clauses.length === 0 ? undefined : digestOfQuery(rule, digest);
  const values = Object.keys(overlay.patch).flatMap((key) => {
    const value = authors(rule)[key];
    return value === undefined || typeof value === 'object' ? [] : [`${key} = ${JSON.stringify(value)}`];
  });
  const parts = [
    ...(updated === undefined ? [] : [`updated_date = "${updated}"`]),
    ...(sha === undefined ? [] : [`query_sha256 = "${sha}"`]),
    ...values,
  ];
  const message = `the overlay of "${rule.document.rule.name}" has no "base"`;
  return diagnostic('OVL103', message, { ...overlay.cursor.place, hint: `base = { ${parts.join(', ')} }` });
}

const isEqual = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const shown = (value: JsonValue | undefined): string =>
  value === undefined ? 'not set' : JSON.stringify(value);
