/** Sigma's list of rules that are known to fire on logs without attacks: `RuleId;RuleName;MatchString`. */
import type { Attachment } from './rule.ts';

export const isKnownList = (path: string): boolean => /(^|\/)known-fps\.csv$/i.test(path);

/** One attachment a row; the pattern that tells the benign events is the text. */
export function readKnownList(text: string): Attachment[] {
  const rows = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return rows.flatMap((row, index) => {
    const [id = '', name = '', ...rest] = row.split(';');
    const pattern = rest.join(';').trim();
    if (id.trim() === '' || /^rule_?id$/i.test(id.trim()) || pattern === '') return [];
    const found = {
      origin: 'known-fp-list',
      text: pattern,
      label: 'known-FPs.csv',
      line: index + 1,
    } as const;
    return [{ source: 'sigma', rules: [id.trim(), name.trim()].filter((word) => word !== ''), found }];
  });
}
