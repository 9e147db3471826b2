import type { Lint } from './lint.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** File name, id and name as Elastic's repository writes them (engine B, B2). */
export const naming: Lint = {
  code: 'RULE041',
  profile: 'elastic',
  *check({ rule }) {
    const { rule_id: id, name } = rule.document.rule;
    const file = rule.file.split(/[/\\]/).at(-1) ?? rule.file;
    if (!/^[a-z0-9_]+\.(json|toml)$/.test(file)) {
      yield { message: `the file name "${file}" has more than lower-case letters, digits and underscores` };
    }
    if (!UUID.test(id)) yield { message: `"${id}" is no UUID in lower case`, path: ['rule', 'rule_id'] };
    if (!/^[a-zA-Z0-9].+?[a-zA-Z0-9[\]()]$/.test(name)) {
      const message = 'the name does not begin and end with a letter or digit';
      yield { message, path: ['rule', 'name'] };
    }
  },
};
