import { build, tryNode } from './lib.mjs';

build();
process.exit(tryNode(['--expose-gc', 'bench/main.ts', ...process.argv.slice(2)]));
