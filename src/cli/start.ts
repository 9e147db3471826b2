#!/usr/bin/env node
/**
 * Where the program `winnow` starts: loads the rest only on a Node that can run it, and names the one that is needed on others.
 * Nothing is imported above, since an older Node would fail on what it brings before this is said.
 */

/** As in `engines` of package.json, which npm does not hold anybody to. */
const NEEDED = 24;

const { node } = process.versions;
if (Number.parseInt(node, 10) >= NEEDED) await import('./main.ts');
else {
  process.stderr.write(
    `error: Winnow needs Node ${NEEDED} or newer, and ${process.execPath} is Node ${node}\n` +
      'hint: https://nodejs.org has it; in a clone of Winnow, "npm start -- …" in place of "winnow …" brings its own\n',
  );
  // What `ExitCode` calls usage.
  process.exitCode = 3;
}
