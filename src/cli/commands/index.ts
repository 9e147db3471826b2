/** The list of commands, in the order of the help page: a new one is a file and its line here. */
import type { Command } from '../command.ts';
import { completion } from './completion.ts';
import { demo } from './demo.ts';
import { explain } from './explain.ts';
import { lofpBuild } from './lofp-build.ts';
import { lofpExplain } from './lofp-explain.ts';
import { lofpNew } from './lofp-new.ts';
import { lofpOpen } from './lofp-open.ts';
import { lofpQuality } from './lofp-quality.ts';
import { lofpSearch } from './lofp-search.ts';
import { lofpShow } from './lofp-show.ts';
import { lofpSite } from './lofp-site.ts';
import { query } from './query.ts';
import { rulesList } from './rules-list.ts';
import { rulesShow } from './rules-show.ts';
import { scan } from './scan.ts';
import { test } from './test.ts';
import { version } from './version.ts';

export const commands: readonly Command[] = [
  scan,
  explain,
  query,
  rulesList,
  rulesShow,
  test,
  demo,
  lofpBuild,
  lofpSearch,
  lofpShow,
  lofpQuality,
  lofpNew,
  lofpExplain,
  lofpSite,
  lofpOpen,
  completion,
  version,
];
