/** What the commands of the catalogue share. */
import type { OpenCatalogue } from '../app/catalog.ts';
import type { CommandContext } from './command.ts';
import { CATALOGUE_FOLDER } from './options/table.ts';
import type { CatalogueFormat } from './options/table.ts';

/** The catalogue that the settings name; undefined after saying why it cannot be used. */
export async function openedCatalogue({
  services,
  settings,
  voice,
}: CommandContext): Promise<OpenCatalogue | undefined> {
  const opened = await services.openCatalogue(settings.catalogue ?? CATALOGUE_FOLDER);
  for (const problem of opened.diagnostics) voice.diagnostic(problem);
  return opened.ok ? opened.value : undefined;
}

/** What was asked for, else a table for people and records for programs. */
export const catalogueFormat = ({ settings, terminal }: CommandContext): CatalogueFormat =>
  settings.catalogueOutput ?? (terminal.stdout.isTerminal ? 'table' : 'ndjson');
