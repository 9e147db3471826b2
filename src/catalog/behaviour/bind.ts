/**
 * A site's own values for the parameters of profiles: its accounts, groups, namespaces and networks, in TOML, by behaviour.
 *
 *     [BP-0016]
 *     groups = ["corp:on-call"]
 *     guarded = ["kube-system", "vault"]
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import { didYouMean } from '../../base/typo.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { Cursor } from '../../rules/format/cursor.ts';
import { parseToml } from '../../rules/format/toml.ts';
import { behaviourCodes } from './codes.ts';
import type { Behaviours } from './load.ts';
import type { Behaviour, Parameter, Profile } from './model.ts';
import { readValues } from './parameters.ts';
import { compileProfile } from './profile.ts';

/** The behaviours with those values; what is not given keeps its default, and so does a profile with a mistake. */
export function bindBehaviours(behaviours: readonly Behaviour[], file: string, text: string): Behaviours {
  const parsed = parseToml(source(file, text));
  if (!parsed.ok) return { behaviours, diagnostics: parsed.diagnostics };
  const diagnostics: Diagnostic[] = [];
  const values = Cursor.over(parsed.value, behaviourCodes, diagnostics);
  tellStrangers(values, behaviours);
  const bound = behaviours.map((behaviour) => {
    const given = values.child(behaviour.id);
    if (!given.isSet || behaviour.profile === undefined) return behaviour;
    const profile = bindProfile(behaviour.profile, given, diagnostics);
    return profile === undefined ? behaviour : { ...behaviour, profile };
  });
  return { behaviours: bound, diagnostics };
}

function tellStrangers(values: Cursor, behaviours: readonly Behaviour[]): void {
  const known = behaviours.filter(({ profile }) => profile !== undefined).map(({ id }) => id);
  for (const [id, member] of values.members())
    if (!known.includes(id))
      member.say('BHV023', `no behaviour "${id}" has a profile`, didYouMean(id, known));
}

/** Undefined after a mistake, which is then in `found`. */
function bindProfile(profile: Profile, given: Cursor, found: Diagnostic[]): Profile | undefined {
  const before = found.length;
  given.table(profile.parameters.map(({ name }) => name));
  const parameters = profile.parameters.map((parameter) => boundTo(parameter, given.child(parameter.name)));
  if (found.length > before) return undefined;
  const template = source(given.name, profile.template);
  const compiled = compileProfile({ ...profile, template, parameters, types: builtinFieldTypes });
  found.push(...compiled.diagnostics);
  return compiled.ok ? { ...profile, parameters, ...compiled.value } : undefined;
}

function boundTo(parameter: Parameter, given: Cursor): Parameter {
  if (!given.isSet) return parameter;
  const values = readValues(parameter.type, given);
  return values === undefined ? parameter : { ...parameter, values };
}
