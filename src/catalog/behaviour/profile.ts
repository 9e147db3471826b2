/** A profile's query and parameters to a predicate and its grade. */
import type { Diagnostic, Details } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { span } from '../../base/span.ts';
import { didYouMean } from '../../base/typo.ts';
import type { FieldTypes } from '../../data/field-type.ts';
import { eql } from '../../lang/eql/index.ts';
import { kql } from '../../lang/kql/index.ts';
import { evidenceOf, weakest } from './grade.ts';
import { literalsOf } from './literals.ts';
import type { Parameter, Profile } from './model.ts';
import { parameterKinds, written } from './parameters.ts';
import { filled, placeholdersOf } from './template.ts';
import { trustedFields } from './trust.ts';

export type Compiled = Pick<Profile, 'query' | 'where' | 'grade' | 'restsOn'>;

interface Written {
  readonly language: Profile['language'];
  readonly template: Source;
  readonly parameters: readonly Parameter[];
  readonly types: FieldTypes;
}

const languages = { kuery: kql, eql } as const;

/**
 * The predicate and grade of a query. The values of parameters are data: they are written as quoted literals, and a
 * parameter that stands where a literal would be read as anything else (a wildcard pattern, a field, words of a text) is
 * refused with BHV022, by compiling the query once with values that would show.
 */
export function compileProfile(profile: Written): Result<Compiled> {
  const unbound = placeholderMistakes(profile);
  if (unbound.length > 0) return failure(...unbound);
  const compiled = compileWith(profile, ({ values }) => values);
  if (!compiled.ok) return compiled;
  const notLiteral = probeMistakes(profile);
  if (notLiteral.length > 0) return failure(...notLiteral);
  const { evidence, unknown } = evidenceOf(compiled.value.where);
  if (unknown.length > 0) return failure(...unknown.map((field) => ungraded(profile.template, field)));
  const grade = weakest(evidence);
  return success({ ...compiled.value, grade, restsOn: evidence }, compiled.diagnostics);
}

/** `valuesOf` gives the values of a parameter at one of its placeholders, which are numbered over the query. */
function compileWith(
  { language, template, parameters, types }: Written,
  valuesOf: (parameter: Parameter, position: number) => readonly string[],
): Result<Pick<Compiled, 'query' | 'where'>> {
  const query = filled(template, (name, position) => {
    const parameter = parameters.find((one) => one.name === name);
    return parameter === undefined
      ? ''
      : written({ ...parameter, values: valuesOf(parameter, position) }, language);
  });
  const plan = languages[language].compile(query, { types });
  if (!plan.ok) return plan;
  if (plan.value.kind !== 'filter' || plan.value.pipes.length > 0) return failure(notOneEvent(template));
  return success({ query: query.text, where: plan.value.where }, plan.diagnostics);
}

const notOneEvent = (template: Source): Diagnostic =>
  diagnostic('BHV021', 'the query of a profile must be one condition over one event', {
    source: template,
    span: span(0, template.text.length),
  });

function placeholderMistakes({ template, parameters }: Written): Diagnostic[] {
  const used = placeholdersOf(template.text);
  const names = parameters.map(({ name }) => name);
  const missing = used
    .filter(({ name }) => !names.includes(name))
    .map(({ name, span: place }) => {
      const details: Details = { source: template, span: place, hint: didYouMean(name, names) };
      return diagnostic('BHV020', `there is no parameter "${name}"`, details);
    });
  const idle = names
    .filter((name) => !used.some((placeholder) => placeholder.name === name))
    .map((name) =>
      diagnostic('BHV020', `the query does not use the parameter "${name}"`, {
        source: template,
        span: span(0, 0),
      }),
    );
  return [...missing, ...idle];
}

/** One for each placeholder where a value does not arrive in the predicate as it was given. */
function probeMistakes(profile: Written): Diagnostic[] {
  return placeholdersOf(profile.template.text)
    .filter((_, position) => !isLiteral(profile, position))
    .map(({ name, span: place }) => {
      const message = `the values of "${name}" would not be taken literally here`;
      const hint = 'compare a field with it as a whole: with ":" in KQL, with "==", "in" or cidrMatch in EQL';
      return diagnostic('BHV022', message, { source: profile.template, span: place, hint });
    });
}

function isLiteral(profile: Written, position: number): boolean {
  let probe = '';
  const probed = compileWith(profile, ({ type, values }, at) => {
    if (at !== position) return values;
    ({ probe } = parameterKinds[type]);
    return [probe];
  });
  return probed.ok && literalsOf(probed.value.where).includes(probe);
}

const ungraded = (template: Source, field: string): Diagnostic => {
  const at = template.text.indexOf(field);
  const hint = didYouMean(field, trustedFields()) ?? 'add it to the table with the reason for its grade';
  return diagnostic('BHV024', `nobody has graded the field "${field}"`, {
    source: template,
    span: span(Math.max(0, at), Math.max(0, at) + field.length),
    hint,
  });
};
