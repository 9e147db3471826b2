import type { Lint } from './lint.ts';

/** Each tag once, each tactic of a framework once (engine B4). */
export const repetition: Lint = {
  code: 'RULE040',
  profile: 'custom',
  *check({ rule }) {
    const { tags = [], threat = [] } = rule.document.rule;
    for (const index of repeated(tags)) {
      yield { message: `the tag "${tags[index]}" is there twice`, path: ['rule', 'tags', index] };
    }
    for (const index of repeated(threat.map(({ framework, tactic }) => `${framework} ${tactic.id}`))) {
      const path = ['rule', 'threat', index, 'tactic', 'id'];
      yield { message: `the tactic ${threat[index]?.tactic.id} is there twice`, path };
    }
  },
};

/** The indexes of values that came before. */
const repeated = (values: readonly string[]): number[] =>
  [...values.keys()].filter((index) => values.indexOf(values[index] ?? '') < index);
