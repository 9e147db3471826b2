import { isDeprecated } from '../load/off.ts';
import type { Lint, Subject } from './lint.ts';

const PATH = ['rule', 'name'];

/** Names are unique; a deprecated rule may share the name of the one that replaced it. */
export const duplicateName: Lint = {
  code: 'RULE021',
  profile: 'lenient',
  *finish(subjects) {
    const first = new Map<string, Subject>();
    for (const subject of subjects.filter(({ rule }) => !isDeprecated(rule))) {
      const { name } = subject.rule.document.rule;
      const known = first.get(name);
      if (known === undefined) first.set(name, subject);
      else yield { subject, message: `the name is also that of ${placeOf(known)}`, path: PATH };
    }
  },
};

function placeOf({ rule }: Subject): string {
  const { source } = rule.positions;
  return `${rule.file}:${source.place(rule.positions.nearest(PATH).start).line}`;
}
