import type { RowExpression } from './row.ts';

/** Whether it is the same for every row of every run: literals, and what is computed of nothing else. */
export function isConstant(e: RowExpression): boolean {
  switch (e.kind) {
    case 'constant':
      return true;
    case 'call':
      return e.name !== 'NOW' && e.args.every(isConstant);
    case 'widen':
    case 'negate':
      return isConstant(e.arg);
    case 'arithmetic':
      return isConstant(e.left) && isConstant(e.right);
    case 'shift':
      return isConstant(e.arg) && isConstant(e.by);
    default:
      return false;
  }
}
