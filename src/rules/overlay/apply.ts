/** Overlays on the rules that they are for, before these are compiled. */
import type { z } from 'zod';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import { didYouMean } from '../../base/typo.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Cursor } from '../format/cursor.ts';
import { keysAt } from '../format/known-keys.ts';
import { label } from '../format/path.ts';
import type { Path } from '../format/positions.ts';
import type { RuleFile } from '../format/rule-file.ts';
import type { RuleDocument } from '../format/schema.ts';
import { documentSchemas } from '../format/schema.ts';
import type { Toolkit } from '../load/compile.ts';
import { compileClauses } from './clause.ts';
import { conflicts } from './conflict.ts';
import type { Overlay, OverlaySet } from './model.ts';

export interface OverlaidRule {
  readonly rule: RuleFile;
  /** What its events must fulfil besides the query. */
  readonly clauses: readonly Predicate[];
  readonly overlay?: Overlay;
}

export interface Overlaid {
  /** In the order of the rules. */
  readonly rules: readonly OverlaidRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Every rule, changed by its overlay if it has one; a rule whose overlay has an error stays as its author wrote it. */
export function applyOverlays(rules: readonly RuleFile[], set: OverlaySet, toolkit: Toolkit): Overlaid {
  const byRule = new Map(set.overlays.map((overlay) => [overlay.ruleId, overlay]));
  const diagnostics: Diagnostic[] = [];
  const overlaid = rules.map((rule): OverlaidRule => {
    const overlay = byRule.get(rule.document.rule.rule_id);
    if (overlay === undefined) return { rule, clauses: [] };
    const applied = applyOverlay(rule, overlay, toolkit);
    diagnostics.push(...conflicts(rule, overlay, set.digest), ...applied.diagnostics);
    return applied.ok ? applied.value : { rule, clauses: [] };
  });
  const ids = new Set(rules.map(({ document }) => document.rule.rule_id));
  const gone = set.overlays.filter(({ ruleId }) => !ids.has(ruleId));
  return {
    rules: overlaid,
    diagnostics: [...diagnostics, ...gone.map((overlay) => withoutRule(overlay, ids))],
  };
}

function withoutRule({ cursor, ruleId }: Overlay, ids: Iterable<string>): Diagnostic {
  const hint = didYouMean(ruleId, ids);
  return diagnostic('OVL101', `no rule has the id "${ruleId}"`, { ...cursor.child('rule_id').place, hint });
}

function applyOverlay(rule: RuleFile, overlay: Overlay, toolkit: Toolkit): Result<OverlaidRule> {
  const document = patched(rule.document, overlay);
  const clauses = compileClauses(rule, overlay, toolkit);
  const diagnostics = [...document.diagnostics, ...clauses.diagnostics];
  if (!document.ok || !clauses.ok) return failure(...diagnostics);
  return success(
    { rule: { ...rule, document: document.value }, clauses: clauses.value, overlay },
    diagnostics,
  );
}

function patched(document: RuleDocument, overlay: Overlay): Result<RuleDocument> {
  const { leftovers, ...typed } = document;
  const rule = withTags(merged(typed.rule as unknown as JsonObject, overlay.patch), overlay);
  const parsed: z.ZodSafeParseResult<unknown> = documentSchemas[document.rule.type].safeParse({
    ...typed,
    rule,
  });
  if (!parsed.success)
    return failure(...parsed.error.issues.flatMap((issue) => mistakes(issue, document, overlay.cursor)));
  // Its type is that of `RuleDocument` without the leftovers; the index by a union of types hides this.
  return success({ ...(parsed.data as Omit<RuleDocument, 'leftovers'>), leftovers });
}

/** Tables are merged key by key; anything else replaces what was there. */
function merged(value: JsonObject, patch: JsonObject): JsonObject {
  const changed = Object.entries(patch).map(([key, replacement]): [string, JsonValue | undefined] => {
    const before = value[key];
    return [key, isObject(before) && isObject(replacement) ? merged(before, replacement) : replacement];
  });
  return { ...value, ...Object.fromEntries(changed) };
}

function withTags(rule: JsonObject, { addTags, removeTags }: Overlay): JsonObject {
  if (addTags.length === 0 && removeTags.length === 0) return rule;
  const tags = Array.isArray(rule['tags']) ? (rule['tags'] as readonly JsonValue[]) : [];
  const kept = tags.filter((tag) => !removeTags.includes(String(tag)));
  return { ...rule, tags: [...new Set([...kept, ...addTags])] };
}

function mistakes(issue: z.core.$ZodIssue, { rule }: RuleDocument, overlay: Cursor): Diagnostic[] {
  const path = issue.path as Path;
  const at = (inner: Path) => inner.reduce<Cursor>((cursor, step) => cursor.child(step), overlay);
  if (issue.code !== 'unrecognized_keys')
    return [diagnostic('OVL011', `"${label(path)}" must be ${issue.message}`, at(path).place)];
  return issue.keys.map((key) => {
    const hint = didYouMean(key, keysAt(rule.type, path));
    const message = `"${key}" is no key of a rule of type "${rule.type}"`;
    return diagnostic('OVL011', message, { ...at([...path, key]).keyPlace, hint });
  });
}
