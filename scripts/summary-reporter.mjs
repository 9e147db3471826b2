/**
 * A reporter for `node --test` that shows what a person needs: a line for each file, every failure in full, every skip
 * with its reason, and the totals.
 */
import { inspect } from 'node:util';
import { relative } from 'node:path';

export default async function* report(events) {
  const files = new Map();
  const skips = new Map();
  const failures = [];
  let passed = 0;
  let skipped = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    const file = data.file ? relative(process.cwd(), data.file) : '';
    // With one process per file the runner also reports the file itself as a test; it counts only when it fails.
    if (type === 'test:pass' && data.nesting === 0 && data.name === file) continue;
    const counts = files.get(file) ?? { passed: 0, failed: 0 };
    files.set(file, counts);
    if (data.skip !== undefined) {
      skipped++;
      const reason = typeof data.skip === 'string' ? data.skip : 'no reason given';
      skips.set(reason, [...(skips.get(reason) ?? []), `${file}: ${data.name}`]);
    } else if (type === 'test:pass') {
      passed++;
      counts.passed++;
    } else {
      counts.failed++;
      failures.push({
        file,
        name: data.name,
        line: data.line,
        error: data.details.error?.cause ?? data.details.error,
      });
    }
  }
  for (const { file, name, line, error } of failures) {
    yield `\nFAIL ${file}:${line ?? 0} ${name}\n${indent(typeof error === 'string' ? error : inspect(error, { depth: 6 }))}\n`;
  }
  for (const [reason, names] of skips) {
    const shown = names.length > 3 ? [...names.slice(0, 3), `and ${names.length - 3} more`] : names;
    yield `\nskipped because ${reason}:\n${shown.map((name) => `  ${name}\n`).join('')}`;
  }
  yield `\n${files.size} files\n${passed} passed, ${failures.length} failed, ${skipped} skipped\n`;
}

const indent = (text) => text.replace(/^/gm, '  ');
