/** One JSON document: alerts as they come, the summary last. It stays whole when the run is interrupted. */
import type { Report, ReportFormat } from './types.ts';
import { safeJson } from '../../base/safe-json.ts';
import { alertPieces } from '../../model/alert-parts.ts';

export const json: ReportFormat = {
  doc: 'one document: {"schema", "alerts": […], "summary": {…}}',
  atTheEnd: false,
  create: ({ write }): Report => {
    let separator = '\n';
    return {
      start: () => write('{"schema":1,"alerts":['),
      alert: (alert) => {
        write(separator);
        for (const piece of alertPieces(alert)) write(piece);
        separator = ',\n';
      },
      finish: (summary) => write(`\n],"summary":${safeJson(summary)}}\n`),
    };
  },
};
