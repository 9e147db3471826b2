/** A detection of any kind to its alerts. */
import type { Alert } from '../../model/alert.ts';
import type { Detection } from '../detection.ts';
import type { Ports } from '../ports.ts';
import { AlertBuilder } from './build.ts';
import { asLead } from './lead.ts';
import { queryGroupAlert } from './query-group.ts';
import { sequenceAlerts } from './sequence.ts';
import { summaryAlert } from './summary.ts';
import { thresholdAlert } from './threshold.ts';

export class Alerts {
  readonly #builder: AlertBuilder;
  /** What was made last: who decides about a detection and who tells it ask one after the other. */
  #last: { readonly detection: Detection; readonly alerts: readonly Alert[] } | undefined;

  constructor(ports: Ports) {
    this.#builder = new AlertBuilder(ports);
  }

  /** At least one; the alert about the whole detection comes last. */
  of(detection: Detection): readonly Alert[] {
    if (this.#last?.detection !== detection) this.#last = { detection, alerts: this.#made(detection) };
    return this.#last.alerts;
  }

  #made(detection: Detection): readonly Alert[] {
    const alerts = this.#of(detection);
    return detection.lead === true ? alerts.map(asLead) : alerts;
  }

  #of(detection: Detection): readonly Alert[] {
    const { finding } = detection;
    switch (finding?.kind) {
      case 'sequence':
        return sequenceAlerts(this.#builder, detection, finding);
      case 'threshold':
        return [thresholdAlert(this.#builder, detection, finding)];
      case 'queryGroup':
        return [queryGroupAlert(this.#builder, detection, finding)];
      case 'summary':
        return [summaryAlert(this.#builder, detection, finding)];
      case 'newTerms':
      case 'threatMatch':
      case undefined:
        return [this.#builder.build(detection)];
    }
  }
}
