/** Clauses that overlays add to queries, in the language of the rule. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { embedded } from '../../base/source.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { simplify } from '../../plan/rewrite.ts';
import type { RuleFile } from '../format/rule-file.ts';
import type { Toolkit } from '../load/compile.ts';
import type { Clause, Overlay } from './model.ts';

/** One predicate for each clause; OVL015, or the language's own errors at their places in the overlay. */
export function compileClauses(
  { document }: RuleFile,
  { clauses, cursor }: Overlay,
  toolkit: Toolkit,
): Result<readonly Predicate[]> {
  if (clauses.length === 0) return success([]);
  const { rule } = document;
  const language = 'language' in rule ? (rule.language ?? 'kuery') : undefined;
  if (language === undefined || language === 'esql')
    return failure(
      diagnostic('OVL015', `a rule of type "${rule.type}" takes no further clause`, cursor.place),
    );
  const results = clauses.map((clause) => compileClause(clause, language, toolkit));
  const diagnostics = results.flatMap((result) => result.diagnostics);
  if (results.some((result) => !result.ok)) return failure(...diagnostics);
  return success(
    results.flatMap((result) => (result.ok ? [result.value] : [])),
    diagnostics,
  );
}

type LanguageName = keyof Toolkit['languages'];

function compileClause(clause: Clause, name: LanguageName, toolkit: Toolkit): Result<Predicate> {
  const query = name === 'eql' ? asEventQuery(clause) : clause.text;
  const compiled = toolkit.languages[name].compile(query, { types: toolkit.types });
  if (!compiled.ok) return compiled;
  const plan = compiled.value;
  if (plan.kind !== 'filter' || plan.pipes.length > 0) return failure(notOneCondition(clause));
  const negate = clause.negated && name !== 'eql';
  // Without spans: those of a rule's condition are places in its query.
  const where = simplify(negate ? { kind: 'not', arg: plan.where } : plan.where);
  return success(where, compiled.diagnostics);
}

/** In EQL the negation is part of the text, because null is neither true nor false there (eql §3.1). */
function asEventQuery({ text, negated }: Clause): Source {
  const before = negated ? 'any where not (' : 'any where (';
  const outer = (inner: number): number => Math.max(0, Math.min(inner - before.length, text.text.length));
  return embedded(text, `${before}${text.text}\n)`, outer);
}

const notOneCondition = ({ text }: Clause): Diagnostic =>
  diagnostic('OVL011', 'a clause must be one condition on single events', {
    source: text,
    span: { start: 0, end: text.text.length },
  });
