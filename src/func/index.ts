/** Every function there is: one file each, one line each. */
import type { FunctionDefinition } from './define.ts';

export const functions = {} as const satisfies Readonly<Record<string, FunctionDefinition>>;

export type FunctionName = keyof typeof functions;

export type { Example, FunctionDefinition, FunctionValue, Parameter } from './define.ts';
