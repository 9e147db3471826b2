/** A benign behaviour on a page: what it looks like, how to tell it from an attack, its profile. */
import type { Behaviour, Profile } from '../catalog/behaviour/model.ts';
import type { Style } from './terminal.ts';
import { hanging } from './text/layout.ts';
import { proseLines } from './text/prose.ts';
import { safe, safeLines } from './text/safe.ts';

/** A behaviour, with what the catalogue gathers below it. */
export interface ShownBehaviour {
  readonly kind: 'behaviour';
  readonly behaviour: Behaviour;
  readonly statements: readonly { readonly id: string; readonly title: string }[];
}

type Head = (text: string) => string;

export function behaviourLines(shown: ShownBehaviour, style: Style, head: Head): string[] {
  const { behaviour, statements } = shown;
  const { id, title, summary, looksLike, tellApart, hiding, actor, techniques, dataSources, profile } =
    behaviour;
  const grade = profile === undefined ? 'no profile' : `profile of grade ${profile.grade}`;
  const bullet = (text: string): string[] => hanging('- ', safe(text.replace(/\s+/g, ' ')), style.width, 2);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['What it looks like', proseLines(looksLike, style.width)],
    ['How to tell it from an attack', tellApart.flatMap(bullet)],
    ['How an attacker hides in it', proseLines(hiding, style.width)],
    ...(profile === undefined ? [] : profileSections(profile, bullet)),
    ['Statements that it gathers', statements.flatMap((one) => bullet(`${one.title} (${one.id})`))],
  ];
  return [
    head(title),
    [id, actor, grade, dataSources.join(', '), techniques.join(', ')]
      .filter((fact) => fact !== '')
      .join(' · '),
    '',
    ...proseLines(summary, style.width),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([heading, lines]) => ['', head(heading), ...lines]),
  ];
}

function profileSections(
  { language, query, restsOn, parameters, grade }: Profile,
  bullet: (text: string) => string[],
): readonly (readonly [string, readonly string[]])[] {
  const code = safeLines(query.trim()).split('\n');
  return [
    [`Profile (${language}, grade ${grade})`, code.map((line) => `    ${line}`.trimEnd())],
    ['What the grade rests on', restsOn.flatMap((one) => bullet(`${one.grade} ${one.field}: ${one.reason}`))],
    [
      'Parameters, which a file of values can set (--values)',
      parameters.flatMap(({ name, type, describe, values }) =>
        bullet(`${name} (${type}): ${describe}. Now: ${values.join(', ')}`),
      ),
    ],
  ];
}

/** What programs get: everything but the compiled condition. */
export const behaviourDocument = ({ kind, behaviour, statements }: ShownBehaviour) => ({
  kind,
  ...behaviour,
  ...(behaviour.profile === undefined ? {} : { profile: { ...behaviour.profile, where: undefined } }),
  statements,
});
