/** The languages that tables are written in, by the name of their folder. */
import type { Result } from '../../src/base/result.ts';
import { success } from '../../src/base/result.ts';
import type { Source } from '../../src/base/source.ts';
import type { CompileOptions, Language } from '../../src/lang/kit/language.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Predicate } from '../../src/plan/predicate.ts';

export type Compile = (query: Source, options: CompileOptions) => Result<Plan>;

/** A predicate as JSON stands for itself. */
const plan: Compile = (query) =>
  success({ kind: 'filter', where: JSON.parse(query.text) as Predicate, pipes: [] });

const modules: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
  kql: () => import(moduleOf('kql')),
  lucene: () => import(moduleOf('lucene')),
  eql: () => import(moduleOf('eql')),
};

const moduleOf = (name: string): string => new URL(`../../src/lang/${name}/index.ts`, import.meta.url).href;

/** Undefined for a language that has no module yet. */
export async function languageOf(folder: string): Promise<Compile | undefined> {
  if (folder === 'plan') return plan;
  const load = modules[folder];
  if (load === undefined) throw new Error(`There is no language for the folder "${folder}".`);
  try {
    const language = (await load())[folder] as Language;
    return (query, options) => language.compile(query, options);
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
