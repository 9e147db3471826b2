/** Harvested rules with their keys: what the catalogue knows a rule by. */
import { diagnostic } from '../../base/diagnostic.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import type { HarvestedCheckout, PlacedRule } from '../harvest/checkout.ts';
import type { Attachment, Found } from '../harvest/rule.ts';
import { licenseOfRule } from '../harvest/license.ts';
import type { RuleKey } from '../model.ts';
import { sourceNames } from '../model.ts';

export interface KeyedRule extends PlacedRule {
  readonly key: RuleKey;
  /** Everything that was found about its false positives, its field first. */
  readonly findings: readonly Found[];
}

export interface KeyedRules {
  readonly rules: readonly KeyedRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The rules of all checkouts by source and path, whatever the order in which the checkouts were given, with what files
 * of their own say about them. A second rule of one id goes by its path (CAT004).
 */
export function keyRules(checkouts: readonly HarvestedCheckout[]): KeyedRules {
  const inOrder = checkouts.flatMap(({ rules }) => rules).toSorted(bySourceAndPath);
  const attachments = checkouts.flatMap((checkout) => checkout.attachments);
  const taken = new Set<RuleKey>();
  const diagnostics: Diagnostic[] = [];
  const rules = inOrder.flatMap((rule) => {
    const own = `${rule.source}:${rule.id}`;
    const key = taken.has(own) ? `${rule.source}:${rule.path}` : own;
    if (key !== own) diagnostics.push(twice(rule));
    if (taken.has(key)) return [];
    taken.add(key);
    const findings = [...rule.field, ...rule.found, ...attached(rule, attachments)];
    return [{ ...rule, license: licenseOfRule(rule.license), key, findings }];
  });
  return { rules, diagnostics: [...diagnostics, ...homeless(rules, attachments)] };
}

const bySourceAndPath = (a: PlacedRule, b: PlacedRule): number =>
  sourceNames.indexOf(a.source) - sourceNames.indexOf(b.source) ||
  compare(a.path, b.path) ||
  compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const twice = ({ path, id }: PlacedRule): Diagnostic =>
  diagnostic('CAT004', `the id ${id} belongs to another rule too`, { source: source(path, '') });

/** Every finding that no rule has taken is said, by the rules that it asks for. */
function homeless(rules: readonly KeyedRule[], attachments: readonly Attachment[]): Diagnostic[] {
  const taken = new Set(rules.flatMap(({ findings }) => findings));
  const left = attachments.filter(({ found }) => !taken.has(found));
  if (left.length === 0) return [];
  const names = [...new Set(left.map(({ rules: [name = 'none'] }) => name))];
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : '');
  return [
    diagnostic('CAT010', `what is said of rules that are not here was left out (${left.length}): ${shown}`),
  ];
}

function attached(rule: PlacedRule, attachments: readonly Attachment[]): Found[] {
  const names = [rule.id, rule.name];
  return attachments
    .filter(({ source: of, rules }) => of === rule.source && rules.some((name) => names.includes(name)))
    .map(({ found }) => found);
}
