/** One alert document a line, as soon as the alert is final. */
import type { Report, ReportFormat } from './types.ts';
import { alertPieces } from '../../model/alert-parts.ts';

export const ndjson: ReportFormat = {
  doc: 'one alert document a line, as soon as it is found; for pipes',
  atTheEnd: false,
  standsAlone: true,
  create: ({ write }): Report => ({
    start: () => {},
    alert: (alert) => {
      for (const piece of alertPieces(alert)) write(piece);
      write('\n');
    },
    finish: () => {},
  }),
};
