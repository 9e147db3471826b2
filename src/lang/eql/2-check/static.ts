/** What is known of a value before any event is seen. */
import { functionNamed } from '../../../func/index.ts';
import type { Expression } from '../1-parse/ast.ts';
import type { Value } from '../constant.ts';
import { numberText, numberValue, valueOf } from '../constant.ts';

/** `unknown`: a field's, whose type is never taken for granted. */
export type StaticType = 'string' | 'number' | 'boolean' | 'null' | 'unknown';

export function staticType(e: Expression): StaticType {
  switch (e.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return e.kind;
    case 'field':
      return 'unknown';
    case 'call':
      return functionNamed(e.name)?.returns ?? 'unknown';
    case 'sign':
    case 'arithmetic':
      return 'number';
    case 'comparison':
    case 'membership':
    case 'match':
    case 'not':
    case 'and':
    case 'or':
      return 'boolean';
  }
}

/** The value of a constant, also of a number with a sign; undefined for anything else. */
export function constantOf(e: Expression): Value | undefined {
  if (e.kind === 'string' || e.kind === 'number' || e.kind === 'boolean' || e.kind === 'null')
    return valueOf(e);
  if (e.kind !== 'sign' || e.arg.kind !== 'number') return undefined;
  const text = numberText(numberValue(e.arg)) ?? '';
  return Number(e.op === '-' ? `-${text}` : text);
}

/** The operands directly below an expression. */
export function operandsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'field':
      return [];
    case 'call':
    case 'and':
    case 'or':
      return e.args;
    case 'sign':
    case 'not':
      return [e.arg];
    case 'arithmetic':
    case 'comparison':
      return [e.left, e.right];
    case 'membership':
      return [e.arg, ...e.list];
    case 'match':
      return [e.arg, ...e.patterns];
  }
}
