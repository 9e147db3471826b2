/** How GKE's log entries arrive when a subscription pushes them or a tool pulled them (kubernetes §2.2). */
import type { Envelope } from '../../delivery.ts';
import { objectAt, textAt } from '../../fields.ts';
import { payloadBytes } from './payload.ts';

const pubSub: Envelope = {
  fits: (record) => typeof objectAt(record, 'message')?.data === 'string',
  signs: ['message'],
  open(record, delivery, opener) {
    const message = objectAt(record, 'message') ?? {};
    const bytes = payloadBytes(textAt(message, 'data') ?? '');
    if (bytes === undefined)
      return opener.refuse('INP013', delivery, 'the Pub/Sub message is not base64', record);
    opener.bytes(bytes, { ...delivery, provider: 'gcp', time: message.publishTime });
  },
};

export const googleEnvelopes: readonly Envelope[] = [pubSub];
