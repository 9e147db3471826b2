/** `winnow lofp site`: the catalogue as pages. */
import { join } from 'node:path';
import type { WrittenSite } from '../../app/site.ts';
import { openedCatalogue } from '../catalogue.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import { CATALOGUE_FOLDER } from '../options/table.ts';
import { bytes, duration, plural } from '../text/format.ts';
import { safe } from '../text/safe.ts';
import { shellWord } from '../text/shell.ts';

export const lofpSite: Command = {
  name: 'lofp site',
  doc: 'write the catalogue as a static site, with feeds and data',
  details:
    'The pages work from a folder and without JavaScript; with it they can be searched. The folder is new, empty, ' +
    'or holds an earlier site, whose pages are brought up to date. Texts of rule sets keep their authors and ' +
    'licences: mind them before you publish the site. With checkouts, the catalogue is built first.',
  arguments: [
    { name: '[DIR]', doc: 'where to write it (default: site in the folder of the catalogue)' },
    { name: '[CHECKOUTS...]', doc: 'folders of rule sets to build the catalogue from' },
  ],
  examples: [
    ['winnow lofp site public', 'the catalogue that winnow lofp build made'],
    ['winnow lofp site public detection-rules sigma', 'from checkouts, in one go'],
  ],
  run,
};

/** Enough to see what is wrong with a checkout. */
const SHOWN = 10;

/** Where the site is unless an argument says otherwise. */
export const siteFolder = (catalogue: string = CATALOGUE_FOLDER): string => join(catalogue, 'site');

async function run([given, ...checkouts]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { services, settings, terminal, voice } = context;
  const folder = given ?? siteFolder(settings.catalogue);
  if (!(await built(checkouts, context))) return ExitCode.badInput;
  const opened = await openedCatalogue(context);
  if (opened === undefined) return ExitCode.badInput;
  const site = await services.writeSite(opened.catalogue, folder, settings.behaviours);
  for (const problem of site.diagnostics) voice.diagnostic(problem);
  if (!site.ok) return ExitCode.badInput;
  terminal.stdout.write(`${report(site.value)}\n`);
  voice.note(`try: winnow lofp open ${shellWord(folder)}`);
  return ExitCode.nothingFound;
}

async function built(checkouts: readonly string[], context: CommandContext): Promise<boolean> {
  if (checkouts.length === 0) return true;
  const { services, settings, voice } = context;
  const { catalogue = CATALOGUE_FOLDER, behaviours } = settings;
  const done = await services.buildCatalogue(checkouts, catalogue, behaviours);
  const problems = done.ok ? [...done.diagnostics, ...done.value.diagnostics] : done.diagnostics;
  voice.diagnostics(problems, SHOWN, 'winnow lofp build shows what was read');
  return done.ok;
}

function report({ folder, files, bytes: size, removed, milliseconds, peakMemory }: WrittenSite): string {
  const gone = removed === 0 ? '' : `, removed ${plural(removed, 'old file')}`;
  return (
    `wrote ${plural(files, 'file')} (${bytes(size)}) to ${safe(folder)}${gone} ` +
    `in ${duration(milliseconds)}, at most ${bytes(peakMemory)} of memory`
  );
}
