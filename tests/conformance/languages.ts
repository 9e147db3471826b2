/** The languages that tables are written in, by the name of their folder. */
import type { Result } from '../../src/base/result.ts';
import { success } from '../../src/base/result.ts';
import type { Source } from '../../src/base/source.ts';
import { eql } from '../../src/lang/eql/index.ts';
import type { CompileOptions } from '../../src/lang/kit/language.ts';
import { kql } from '../../src/lang/kql/index.ts';
import { lucene } from '../../src/lang/lucene/index.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Predicate } from '../../src/plan/predicate.ts';

export type Compile = (query: Source, options: CompileOptions) => Result<Plan>;

/** A predicate as JSON stands for itself. */
const plan: Compile = (query) =>
  success({ kind: 'filter', where: JSON.parse(query.text) as Predicate, pipes: [] });

const compilers: Readonly<Record<string, Compile>> = {
  kql: (query, options) => kql.compile(query, options),
  lucene: (query, options) => lucene.compile(query, options),
  eql: (query, options) => eql.compile(query, options),
  plan,
};

export function compilerOf(folder: string): Compile {
  const compile = compilers[folder];
  if (compile === undefined) throw new Error(`There is no language for the folder "${folder}".`);
  return compile;
}
