/** Holds ARCHITECTURE.md and the code together: who may import whom, what is pure, how large things grow. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

interface Layer {
  readonly name: string;
  readonly pure: boolean;
  readonly mayImport: readonly string[];
}

const layers = new Map<string, Layer>(
  [...page.matchAll(/^\| `([a-z/]+)`\s*\|[^|]+\|\s*(yes)?\s*\|\s*([a-z/, ]*?)\s*\|$/gm)].map(
    ([, name = '', pure, list = '']) => [
      name,
      {
        name,
        pure: pure === 'yes',
        mayImport: list
          .split(',')
          .map((l) => l.trim())
          .filter((l) => l !== ''),
      },
    ],
  ),
);

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(sep).join('/'))
  .filter((name) => name.endsWith('.ts'))
  .sort();

const layerOf = (file: string): string | undefined => {
  const [first = '', second = ''] = file.split('/');
  return layers.has(`${first}/${second}`) ? `${first}/${second}` : layers.has(first) ? first : undefined;
};

/** The modules that a file imports, relative ones as paths under `src`. */
function importsOf(file: string): { readonly target: string; readonly relative: boolean }[] {
  const text = readFileSync(join(root, 'src', file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\b[^'"`;]*?from '([^']+)'|^\s*import '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map(([, from, bare, dynamic]) => {
    const target = from ?? bare ?? dynamic ?? '';
    const isRelative = target.startsWith('.');
    return { target: isRelative ? posix.join(posix.dirname(file), target) : target, relative: isRelative };
  });
}

const isTest = (file: string): boolean => file.endsWith('.test.ts');

test('the table of layers in ARCHITECTURE.md can be read', () => {
  assert.ok(layers.size >= 15, `found only ${layers.size} layers: ${[...layers.keys()].join(', ')}`);
});

test('every file under src belongs to a layer', () => {
  const stray = files.filter((file) => file !== 'index.ts' && layerOf(file) === undefined);
  assert.deepEqual(stray, []);
});

test('no file imports a layer that the table does not allow', () => {
  const wrong = files
    .filter((file) => file !== 'index.ts' && !isTest(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((i) => i.relative)
        .filter(({ target }) => {
          const from = layerOf(file);
          const to = layerOf(target);
          return from !== to && !(layers.get(from ?? '')?.mayImport.includes(to ?? '') ?? false);
        })
        .map(({ target }) => `${file} imports ${target}`),
    );
  assert.deepEqual(wrong, []);
});

test('pure layers import nothing of Node', () => {
  const wrong = files
    .filter((file) => !isTest(file) && layers.get(layerOf(file) ?? '')?.pure)
    .flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target.startsWith('node:'))
        .map(({ target }) => `${file} imports ${target}`),
    );
  assert.deepEqual(wrong, []);
});

test('every pure layer is compiled by tsconfig.pure.json', () => {
  const config = JSON.parse(readFileSync(join(root, 'tsconfig.pure.json'), 'utf8')) as { include: string[] };
  const missing = [...layers.values()]
    .filter((l) => l.pure && !config.include.includes(`src/${l.name.split('/')[0]}`))
    .map((l) => l.name);
  assert.deepEqual(missing, []);
});

/** Tables may be long; code may not. A table says so in its name or stands here. */
const tables = /\.generated\.ts$|^base\/messages\/|^data\/fields\/|^cli\/options\/table\.ts$|\.test\.ts$/;

test('no file of code is longer than 400 lines', () => {
  const long = files
    .filter((file) => !tables.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, 'src', file), 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 400)
    .map(({ file, lines }) => `${file}: ${lines} lines`);
  assert.deepEqual(long, []);
});

test('every relative link in the Markdown pages leads somewhere', () => {
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.md') && !/(^|[\\/])(node_modules|dist|build)[\\/]/.test(name),
  );
  const broken = pages.flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
    return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
      .map(([, link = '']) => join(dirname(join(root, name)), link))
      .filter((path) => !exists(path))
      .map((path) => `${name}: ${relative(root, path)}`);
  });
  assert.deepEqual(broken, []);
});

function exists(path: string): boolean {
  try {
    readdirSync(dirname(path));
    return readdirSync(dirname(path)).includes(path.slice(dirname(path).length + 1)) || path.endsWith('/');
  } catch {
    return false;
  }
}

/** Each module that a file loads, in whatever way, besides its types. */
function loadedBy(file: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const text = readFileSync(join(root, 'src', file), 'utf8');
  const found = text.matchAll(/^(?:import|export)\b(?! type)[^'"`;]*?from '([^']+)'|^import '([^']+)'/gm);
  for (const [, from, bare] of found) {
    const target = from ?? bare ?? '';
    if (target.startsWith('.')) loadedBy(posix.join(posix.dirname(file), target), loaded);
    else loaded.add(target);
  }
  return loaded;
}

test('a thread that looks ahead loads neither rules nor what only matches need', () => {
  const loaded = [...loadedBy('app/ahead/worker.ts')];
  assert.ok(loaded.includes('exec/index/screen.ts') && loaded.includes('node:worker_threads'));
  const needless = /^(rules|lang|exec\/pipeline|func\/esql|engine\/(strategy|state|detector))\b|^oniguruma/;
  assert.deepEqual(
    loaded.filter((file) => needless.test(file)),
    [],
  );
});
