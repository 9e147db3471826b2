import type { Finding, Lint } from './lint.ts';

/** Each `$osquery_0` of the note has its entry in `[transform]` and the other way round (engine A14). */
export const placeholders: Lint = {
  code: 'RULE046',
  profile: 'custom',
  *check({ rule }) {
    const { transform, rule: document } = rule.document;
    yield* compare(document.note ?? '', 'osquery', transform?.osquery?.length ?? 0);
    yield* compare(document.note ?? '', 'investigate', transform?.investigate?.length ?? 0);
  },
};

function* compare(note: string, kind: string, entries: number): Generator<Finding> {
  const shown = new Set(
    Array.from(note.matchAll(/\$\{?(osquery|investigate)_(\d+)/g), ([, of, n]) => `${of}_${n}`),
  );
  const given = new Set(Array.from({ length: entries }, (_, n) => `${kind}_${n}`));
  for (const name of shown) {
    if (!name.startsWith(`${kind}_`) || given.has(name)) continue;
    yield { message: `$${name} has no entry in [transform]`, path: ['rule', 'note'] };
  }
  for (const [n, name] of [...given].entries()) {
    if (shown.has(name)) continue;
    yield { message: `the note has no $${name}`, path: ['transform', kind, n] };
  }
}
