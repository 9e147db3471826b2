/** Rules with the same id: only one of them may run, or their alerts and state would be mixed. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { RuleFile } from '../format/rule-file.ts';
import type { Candidate } from './candidate.ts';

const PATH = ['rule', 'rule_id'];

/** The first runnable rule of an id stays as it is; the other runnable ones get the reason `duplicate`. */
export function withoutDuplicates(candidates: readonly Candidate[]): Candidate[] {
  const kept = new Map<string, Candidate>();
  for (const one of candidates) {
    const known = kept.get(idOf(one.rule));
    if (known === undefined || (!known.status.runnable && one.status.runnable)) kept.set(idOf(one.rule), one);
  }
  return candidates.map((one) => {
    const first = kept.get(idOf(one.rule));
    return first === undefined || first === one ? one : duplicateOf(one, first);
  });
}

const idOf = (rule: RuleFile): string => rule.document.rule.rule_id;

function duplicateOf(one: Candidate, first: Candidate): Candidate {
  const found = report(one.rule, first.rule);
  const diagnostics = [...one.diagnostics, found];
  if (!one.status.runnable) return { ...one, diagnostics };
  const explanation = `${found.message}; that one runs.`;
  return { ...one, diagnostics, status: { runnable: false, reason: 'duplicate', explanation } };
}

function report({ positions }: RuleFile, first: RuleFile): Diagnostic {
  const { line } = first.positions.source.place(first.positions.nearest(PATH).start);
  const span = positions.value(PATH) ?? positions.nearest(PATH);
  const message = `the rule_id is also that of ${first.file}:${line}, "${first.document.rule.name}"`;
  return diagnostic('RULE020', message, { source: positions.source, span });
}
