/** Every envelope, in the order in which a record is compared with them. */
import type { JsonObject } from '../../../data/document.ts';
import type { Envelope } from '../../delivery.ts';
import { awsEnvelopes } from './aws.ts';
import { azureEnvelopes } from './azure.ts';
import { elasticsearchEnvelopes } from './elasticsearch.ts';
import { googleEnvelopes } from './google.ts';
import { kubernetesEnvelopes } from './kubernetes.ts';
import { shipperEnvelopes } from './shipper.ts';

const envelopes: readonly Envelope[] = [
  ...kubernetesEnvelopes,
  ...awsEnvelopes,
  ...azureEnvelopes,
  ...googleEnvelopes,
  ...elasticsearchEnvelopes,
  ...shipperEnvelopes,
];

/** Keys that documents of no envelope may have without being looked at. */
export const envelopeSigns: readonly string[] = envelopes.flatMap(({ signs }) => signs);

export const envelopeOf = (record: JsonObject): Envelope | undefined =>
  envelopes.find((envelope) => envelope.fits(record));
