/**
 * What the set-up scripts share. Plain JavaScript with nothing but Node's own modules, because it runs before anything
 * is installed and on any Node from 20 on; everything else then runs on the Node that package.json pins.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const pinnedNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Runs a program in the repository's folder with this terminal, and ends this process when it fails. */
export function run(program, args, env = {}) {
  const status = tryRun(program, args, env);
  if (status !== 0) process.exit(status);
}

/** Like `run`, but gives the exit status back. */
export function tryRun(program, args, env = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (result.error) {
    console.error(`Could not start ${program}: ${result.error.message}`);
    return 2;
  }
  if (result.signal) return 130;
  return result.status ?? 2;
}

/** Runs a script or a tool's entry point on the pinned Node. */
export const runNode = (args, env) => run(pinnedNode, args, env);
export const tryNode = (args, env) => tryRun(pinnedNode, args, env);

/** The path of a tool that npm installed, as a file that Node can run. */
export const tool = (name, file) => join(root, 'node_modules', name, file);

/** Installs what package-lock.json asks for, unless that has been done; then Node 24 is there as well. */
export function setUp() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    console.error(`Winnow needs Node 20 or newer to set itself up; this is Node ${process.versions.node}.`);
    process.exit(2);
  }
  const stamp = join(root, 'node_modules', '.winnow-setup');
  const wanted = hashOf([join(root, 'package-lock.json')]);
  if (existsSync(stamp) && existsSync(pinnedNode) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing what Winnow needs (once) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm?.endsWith('.js')) run(process.execPath, [npm, ...args]);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
  writeFileSync(stamp, wanted);
}

/**
 * Compiles `src` to `dist`, what the browser runs to `dist/web`, and the program to `dist/bin`, unless no source changed since
 * the last time.
 */
export function build() {
  setUp();
  const stamp = join(root, 'dist', '.built');
  const wanted = hashOf([
    ...filesUnder('src'),
    join(root, 'scripts', 'web.mjs'),
    join(root, 'scripts', 'program.mjs'),
    join(root, 'tsconfig.base.json'),
    join(root, 'tsconfig.build.json'),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Building …');
  runNode([tool('typescript', 'bin/tsc'), '-p', 'tsconfig.build.json']);
  runNode(['scripts/web.mjs']);
  runNode(['scripts/program.mjs']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function filesUnder(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(root, folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths)
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}
