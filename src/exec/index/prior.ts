/**
 * How often values of a field occur, where no sample of events says it: rough shares in mixed security logs, good
 * enough to prefer a rare field over a common one. A wrong figure costs time, never an answer.
 */
import type { FieldRef } from '../../plan/predicate.ts';
import type { Place } from './automaton.ts';
import type { Estimate } from './witness.ts';

/** The share of events that have one given value of the field, by path. */
const shares: ReadonlyMap<string, number> = new Map([
  ['event.kind', 0.9],
  ['event.outcome', 0.6],
  ['event.category', 0.3],
  ['event.type', 0.3],
  ['event.module', 0.3],
  ['event.provider', 0.1],
  ['event.dataset', 0.2],
  ['data_stream.dataset', 0.2],
  ['data_stream.type', 0.9],
  ['agent.type', 0.4],
  ['host.os.type', 0.4],
  ['host.os.family', 0.4],
  ['host.os.platform', 0.4],
  ['orchestrator.type', 0.5],
  ['event.action', 0.05],
  ['event.code', 0.02],
  ['kubernetes.audit.verb', 0.1],
  ['kubernetes.audit.stage', 0.9],
  ['kubernetes.audit.level', 0.4],
  ['kubernetes.audit.objectRef.resource', 0.05],
  ['kubernetes.audit.objectRef.subresource', 0.01],
  ['kubernetes.audit.annotations.authorization_k8s_io/decision', 0.9],
  ['user.name', 0.02],
  ['user.id', 0.05],
  ['network.transport', 0.2],
  ['network.direction', 0.2],
  ['process.args', 0.005],
  ['process.name', 0.005],
]);

const ANY_VALUE_SHARE = 0.01;
/** Of numbers and of `true` and `false`: fields that hold them have few values. */
const FEW_VALUES_SHARE = 0.1;
/** Of a field having any value at all. */
const PRESENCE_SHARE = 0.5;

const shareOf = (field: FieldRef): number | undefined => shares.get(String(field.path));

/** Of an address lying in one block, and of a number being over or under another. */
const BLOCK_SHARE = 0.2;
const ORDER_SHARE = 0.3;

/** Of a value of the field holding one given text, by the text's length; longer ones are rarer still. */
const PART_SHARES = [1, 0.6, 0.3, 0.1, 0.04, 0.02, 0.01, 0.008];
const LONG_PART_SHARE = 0.005;
/** A text that must stand at the beginning or the end is rarer than the same text anywhere. */
const AT_AN_EDGE = 0.7;

export const prior: Estimate = (witness) => {
  switch (witness.kind) {
    case 'present':
      return PRESENCE_SHARE;
    case 'number':
      return shareOf(witness.field) ?? FEW_VALUES_SHARE;
    case 'block':
      return BLOCK_SHARE;
    case 'order':
      return ORDER_SHARE;
    case 'text':
      return shareOf(witness.field) ?? (isFlag(witness.text) ? FEW_VALUES_SHARE : ANY_VALUE_SHARE);
    case 'part':
      return Math.max(partShare(witness.text.length), shareOf(witness.field) ?? 0) * edgeFactor(witness.at);
  }
};

const partShare = (length: number): number => PRESENCE_SHARE * (PART_SHARES[length] ?? LONG_PART_SHARE);

const edgeFactor = (at: Place): number => (at === 'anywhere' ? 1 : AT_AN_EDGE);

const isFlag = (text: string): boolean => text === 'true' || text === 'false' || text === '';
