/** What the engine needs from outside, by Node. */
import { hash } from 'node:crypto';
import type { Ports } from '../engine/ports.ts';

/** Everything happens at the time of its event, so that every run over the same input gives the same bytes. */
export const replayPorts: Ports = {
  detectionTime: (eventTime) => eventTime,
  digest: (text) => hash('sha256', text, 'hex'),
};
