/** What queries in ES|QL need besides events, as the options of a command say it. */
import type { QueryChoices } from '../app/query-inputs.ts';
import { UsageError } from './errors.ts';
import type { Settings } from './options/table.ts';
import type { Terminal } from './terminal.ts';

/** Read from the environment and from nowhere else: a command line and a file are seen by others. */
const KEY = 'WINNOW_COMPLETION_KEY';

export function queryChoices(
  settings: Settings,
  { environment }: Pick<Terminal, 'environment'>,
): QueryChoices {
  const { tables, arrayOrder } = settings;
  const completion = completionChoice(settings, environment[KEY]);
  return { tables, arrayOrder, ...(completion === undefined ? {} : { completion }) };
}

function completionChoice(settings: Settings, key: string | undefined): QueryChoices['completion'] {
  const { completion, completionAnswers, completionTimeout } = settings;
  switch (completion) {
    case 'off':
      return undefined;
    case 'prefilter':
      return { kind: 'prefilter' };
    case 'fixture':
      if (completionAnswers !== undefined) return { kind: 'fixture', file: completionAnswers };
      throw new UsageError(
        '--completion fixture answers out of a file',
        'name it with --completion-answers FILE',
      );
    case 'http':
      return {
        kind: 'http',
        endpoint: endpointOf(settings, key),
        timeout: completionTimeout,
        requests: settings.completionRequests,
        tokens: settings.completionTokens,
      };
  }
}

function endpointOf({ completionUrl: url, completionModel: model }: Settings, key: string | undefined) {
  if (url === undefined || model === undefined)
    throw new UsageError(
      '--completion http asks a server',
      'name it with --completion-url URL, and its model with --completion-model NAME',
    );
  return { url, model, ...(key === undefined || key === '' ? {} : { key }) };
}
