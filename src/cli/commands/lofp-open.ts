/** `winnow lofp open`: the site, for the browser of this machine. */
import { openedCatalogue } from '../catalogue.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode, interruptedBy } from '../exit.ts';
import { CATALOGUE_FOLDER } from '../options/table.ts';
import { siteFolder } from './lofp-site.ts';

export const lofpOpen: Command = {
  name: 'lofp open',
  doc: 'serve the site of the catalogue to this machine, until interrupted',
  details:
    'Listens on 127.0.0.1 only. Unless DIR is given, the pages are written first when the catalogue is newer than they are.',
  arguments: [{ name: '[DIR]', doc: 'folder of the site (default: site in the folder of the catalogue)' }],
  examples: [
    ['winnow lofp open --catalogue lofp', 'the catalogue that winnow lofp build made'],
    ['winnow lofp open public --port 8080', 'pages that winnow lofp site wrote'],
  ],
  endsInOrder: true,
  run,
};

async function run([given]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { services, settings, terminal, voice } = context;
  const folder = given ?? siteFolder(settings.catalogue);
  if (given === undefined) {
    const written = await Promise.race([brought(folder, context), interrupted(terminal.signal)]);
    if (written === undefined) return interruptedBy(terminal.signal);
    if (!written) return ExitCode.badInput;
  }
  const site = await services.serveSite(folder, settings.port);
  for (const problem of site.diagnostics) voice.diagnostic(problem);
  if (!site.ok) return ExitCode.badInput;
  terminal.stdout.write(`${site.value.url}\n`);
  voice.note('press Ctrl-C to stop');
  await interrupted(terminal.signal);
  await site.value.close();
  return ExitCode.nothingFound;
}

/** Brings the pages up to date with the catalogue; false when that cannot be done, which is said. */
async function brought(folder: string, context: CommandContext): Promise<boolean> {
  const { services, settings, voice } = context;
  if (await services.isSiteCurrent(folder, settings.catalogue ?? CATALOGUE_FOLDER)) return true;
  const opened = await openedCatalogue(context);
  if (opened === undefined) return false;
  voice.note(`writing the pages to ${folder} …`);
  const site = await services.writeSite(opened.catalogue, folder, settings.behaviours);
  for (const problem of site.diagnostics) voice.diagnostic(problem);
  return site.ok;
}

const interrupted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined));
  });
