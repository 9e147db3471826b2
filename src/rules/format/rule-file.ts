/** One TOML file to one rule document. */
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import { nearest } from '../../base/typo.ts';
import { isObject } from '../../data/document.ts';
import type { Positions } from './positions.ts';
import type { Profile } from './profile.ts';
import { RuleTexts } from './rule-texts.ts';
import type { RuleDocument } from './schema.ts';
import type { Parsed } from './toml.ts';
import { parseToml } from './toml.ts';
import { validate } from './validate.ts';

/** A rule document that knows where its values stand. */
export interface RuleFile {
  readonly file: string;
  readonly document: RuleDocument;
  readonly positions: Positions;
}

/**
 * Reads a rule (engine B1–B3). Fails with RULE001 for bad TOML, RULE003 for a file without a rule, RULE010 to RULE013
 * for a document that cannot be run as it is; warnings, and under stricter profiles errors too, come with the value.
 */
export function parseRuleFile(
  file: string,
  text: string,
  profile: Profile = 'lenient',
  texts = new RuleTexts(),
): Result<RuleFile> {
  const source = texts.source(file, text.replace(/^\uFEFF/, ''));
  const parsed = parseToml(source, (part) => texts.own(part));
  return parsed.ok ? readRule(file, parsed.value, profile, texts) : parsed;
}

/** Plain values with positions, from whichever format, to a rule. */
export function readRule(
  file: string,
  { value, positions }: Parsed,
  profile: Profile,
  texts = new RuleTexts(),
): Result<RuleFile> {
  if (!isObject(value['rule'])) return failure(noRule(value, positions));
  const document = validate(value, { positions, profile, stem: stemOf(file) });
  if (!document.ok) return document;
  return success({ file, document: texts.document(document.value), positions }, document.diagnostics);
}

function noRule(value: Parsed['value'], positions: Positions) {
  const near = 'rule' in value ? 'rule' : nearest('rule', Object.keys(value));
  const message = 'the file has no [rule] table';
  if (near === undefined) return diagnostic('RULE003', message, { source: positions.source });
  const hint = near === 'rule' ? '"rule" must be a table' : `is "${near}" meant to be "rule"?`;
  return diagnostic('RULE010', message, { source: positions.source, span: positions.nearest([near]), hint });
}

/** The file's name without folder and ending. */
function stemOf(file: string): string {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return name.replace(/\.[^.]*$/, '') || 'rule';
}
