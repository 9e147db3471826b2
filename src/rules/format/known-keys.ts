/** Which keys the rule format has where: for "did you mean" and "this belongs there". */
import { z } from 'zod';
import { didYouMean } from '../../base/typo.ts';
import type { Path } from './positions.ts';
import type { RuleType } from './schema.ts';
import { documentSchemas, metadataSchema, ruleSchemas, ruleTypes } from './schema.ts';

/** The keys that a table at the path may have in a rule of the type; none when it is no table with fixed keys. */
export function keysAt(type: RuleType, path: Path): readonly string[] {
  let at: unknown = documentSchemas[type];
  for (const step of path) {
    const inside = bare(at);
    if (inside instanceof z.ZodObject && typeof step === 'string') at = inside.shape[step];
    else if (inside instanceof z.ZodArray) at = inside.element;
    else return [];
  }
  const table = bare(at);
  return table instanceof z.ZodObject ? Object.keys(table.shape) : [];
}

/** The schema inside `optional`, `nullable` and `default`. */
function bare(schema: unknown): unknown {
  const wrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
  return wrapped ? bare(schema.unwrap()) : schema;
}

/** What to say about an unknown key: a near name, or the table or rule types that have it. */
export function hintFor(type: RuleType, table: Path, key: string): string | undefined {
  return didYouMean(key, keysAt(type, table)) ?? home(type, table, key);
}

function home(type: RuleType, table: Path, key: string): string | undefined {
  const place = table.join('.');
  if (place !== 'metadata' && Object.hasOwn(metadataSchema.shape, key))
    return `"${key}" belongs in [metadata]`;
  if (place !== 'rule' && Object.hasOwn(ruleSchemas[type].shape, key)) return `"${key}" belongs in [rule]`;
  const types = ruleTypes.filter((other) => Object.hasOwn(ruleSchemas[other].shape, key));
  if (place !== 'rule' || types.length === 0) return undefined;
  return `"${key}" is a key of rules of type ${types.map((other) => `"${other}"`).join(', ')}`;
}
