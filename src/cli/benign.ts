/** What is known to be benign, for the commands that tell it. */
import type { BenignKnowledge } from '../app/types.ts';
import type { CommandContext } from './command.ts';

/** As the settings ask for it; undefined after saying why it cannot be used. */
export async function openedBenign({
  services,
  settings,
  voice,
}: CommandContext): Promise<BenignKnowledge | undefined> {
  const { catalogue, behaviours, values } = settings;
  const opened = await services.openBenign({ catalogue, behaviours, values });
  for (const problem of opened.diagnostics) voice.diagnostic(problem);
  return opened.ok ? opened.value : undefined;
}
