/** `winnow lofp open`: the site, for the browser of this machine. */
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import { siteFolder } from './lofp-site.ts';

export const lofpOpen: Command = {
  name: 'lofp open',
  doc: 'serve the site of the catalogue to this machine, until interrupted',
  details: 'Listens on 127.0.0.1 only.',
  arguments: [{ name: '[DIR]', doc: 'folder of the site (default: site in the folder of the catalogue)' }],
  examples: [['winnow lofp open public --port 8080', '']],
  endsInOrder: true,
  run,
};

async function run([given]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { services, settings, terminal, voice } = context;
  const site = await services.serveSite(given ?? siteFolder(settings.catalogue), settings.port);
  for (const problem of site.diagnostics) voice.diagnostic(problem);
  if (!site.ok) return ExitCode.badInput;
  terminal.stdout.write(`${site.value.url}\n`);
  voice.note('press Ctrl-C to stop');
  await interrupted(terminal.signal);
  await site.value.close();
  return ExitCode.nothingFound;
}

const interrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
