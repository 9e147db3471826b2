/**
 * Files of overlays, in TOML:
 *
 *     [[overlay]]
 *     rule_id = "…"
 *     reason = "We run no Windows."
 *     and_not = 'user.name: "ci-bot"'
 *     base = { updated_date = "2026/03/04", query_sha256 = "…", severity = "medium" }
 *
 *     [overlay.rule]
 *     severity = "low"
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import type { CursorCodes } from '../format/cursor.ts';
import { Cursor } from '../format/cursor.ts';
import { without } from '../format/path.ts';
import { parseToml } from '../format/toml.ts';
import type { RuleFiles } from '../load/files.ts';
import type { Base, Clause, Overlay, OverlaySet } from './model.ts';

const codes: CursorCodes = { missing: 'OVL010', wrong: 'OVL011', unknown: 'OVL012' };

const KEYS = 'rule_id reason enabled exceptions and and_not add_tags remove_tags base rule'.split(' ');

/** Without these a rule would be another one, and its alerts and state would be mixed with those of the first. */
const FIXED: ReadonlySet<string> = new Set(['rule_id', 'type', 'language', 'query', 'filters']);

/** Reads every file below the paths, each once. Throws `RulePathError` for a path that does not exist. */
export async function loadOverlays(
  paths: readonly string[],
  files: RuleFiles,
  digest: OverlaySet['digest'],
): Promise<OverlaySet> {
  const listings = await Promise.all(paths.map((path) => files.list(path)));
  const listed = listings.flatMap((listing) => listing.files);
  const distinct = [...new Map(listed.map((one) => [one.identity, one])).values()];
  const diagnostics = listings.flatMap((listing) => [...listing.diagnostics]);
  const overlays: Overlay[] = [];
  for (const { file } of distinct) {
    const text = await files.read(file);
    if (text.ok) overlays.push(...readOverlays(file, text.value, diagnostics));
    else diagnostics.push(...text.diagnostics);
  }
  return { overlays: eachRuleOnce(overlays, diagnostics), diagnostics, digest };
}

/** The overlays of one file without an error; `found` receives what is wrong. */
function readOverlays(file: string, text: string, found: Diagnostic[]): Overlay[] {
  const parsed = parseToml(source(file, text.replace(/^\uFEFF/, '')));
  if (!parsed.ok) {
    found.push(...parsed.diagnostics);
    return [];
  }
  const cursor = Cursor.over(parsed.value, codes, found);
  cursor.table(['overlay']);
  if (!cursor.child('overlay').isSet) cursor.child('overlay').missing('an overlay begins with [[overlay]]');
  return cursor
    .child('overlay')
    .list()
    .flatMap((one) => {
      const before = found.length;
      const overlay = readOverlay(one);
      const broken = found.slice(before).some(({ severity }) => severity === 'error');
      return broken || overlay === undefined ? [] : [overlay];
    });
}

function readOverlay(cursor: Cursor): Overlay | undefined {
  cursor.table(KEYS);
  const ruleId = cursor.child('rule_id').needText();
  if (ruleId === undefined) return undefined;
  const reason = cursor.child('reason').text();
  const enabled = cursor.child('enabled').flag();
  const base = cursor.child('base').isSet ? readBase(cursor.child('base')) : undefined;
  return {
    ruleId,
    ...(reason === undefined ? {} : { reason }),
    ...(enabled === undefined ? {} : { enabled }),
    patch: readPatch(cursor.child('rule')),
    addTags: cursor.child('add_tags').scalars(),
    removeTags: cursor.child('remove_tags').scalars(),
    lists: cursor.child('exceptions').scalars(),
    clauses: [...readClause(cursor.child('and'), false), ...readClause(cursor.child('and_not'), true)],
    ...(base === undefined ? {} : { base }),
    cursor,
  };
}

function readPatch(rule: Cursor) {
  for (const [key, value] of rule.members())
    if (FIXED.has(key)) value.sayOfKey('OVL013', `"${key}" cannot be changed`);
  return rule.table();
}

function readClause(cursor: Cursor, negated: boolean): Clause[] {
  const text = cursor.text();
  const place = text === undefined ? undefined : cursor.textSource(text);
  return place === undefined ? [] : [{ text: place, negated }];
}

function readBase(cursor: Cursor): Base {
  const values = without(without(cursor.table(), ['updated_date']), ['query_sha256']);
  const updatedDate = cursor.child('updated_date').text();
  const querySha256 = cursor.child('query_sha256').text()?.toLowerCase();
  return {
    ...(updatedDate === undefined ? {} : { updatedDate }),
    ...(querySha256 === undefined ? {} : { querySha256 }),
    values,
  };
}

function eachRuleOnce(overlays: readonly Overlay[], found: Diagnostic[]): Overlay[] {
  const first = new Map<string, Overlay>();
  for (const overlay of overlays) {
    const known = first.get(overlay.ruleId);
    if (known === undefined) first.set(overlay.ruleId, overlay);
    else found.push(secondOne(overlay, known));
  }
  return [...first.values()];
}

function secondOne({ cursor, ruleId }: Overlay, { cursor: known }: Overlay): Diagnostic {
  const { source: file, span } = known.place;
  const at = `${file.name}:${file.place(span.start).line}`;
  return diagnostic('OVL014', `"${ruleId}" is changed by the overlay at ${at} already`, cursor.place);
}
