/**
 * Every message code there is. Codes are a prefix that names the part of the product and three digits; a code that
 * was ever released is never given another meaning.
 */
import type { MessageDefinition } from './define.ts';
import { behaviourMessages } from './behaviour.ts';
import { catalogMessages } from './catalog.ts';
import { cliMessages } from './cli.ts';
import { eqlMessages } from './eql.ts';
import { esqlMessages } from './esql.ts';
import { exceptionMessages } from './exception.ts';
import { filterMessages } from './filter.ts';
import { inputMessages } from './input.ts';
import { kqlMessages } from './kql.ts';
import { luceneMessages } from './lucene.ts';
import { overlayMessages } from './overlay.ts';
import { ruleMessages } from './rule.ts';
import { runMessages } from './run.ts';
import { verifyMessages } from './verify.ts';

const all = {
  ...kqlMessages,
  ...luceneMessages,
  ...eqlMessages,
  ...esqlMessages,
  ...filterMessages,
  ...ruleMessages,
  ...exceptionMessages,
  ...overlayMessages,
  ...inputMessages,
  ...runMessages,
  ...verifyMessages,
  ...catalogMessages,
  ...behaviourMessages,
  ...cliMessages,
};

export type MessageCode = keyof typeof all;

export const messages: Readonly<Record<MessageCode, MessageDefinition>> = all;

export type { MessageDefinition } from './define.ts';
