/** One function of the query languages: specification, documentation, examples and implementation in one value. */

export type FunctionValue = string | number | bigint | boolean | null;

export interface Parameter {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'ip' | 'any';
  readonly optional?: true;
  /** The last parameter may repeat. */
  readonly variadic?: true;
  readonly doc: string;
}

export interface Example {
  /** As EQL writes it: `length("abc")`. Tests run every example. */
  readonly call: string;
  readonly gives: FunctionValue;
}

export interface FunctionDefinition {
  /** As EQL's documentation spells it; queries may spell it in any case (eql §1). */
  readonly name: string;
  readonly category: 'text' | 'number' | 'address' | 'conversion';
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly returns: 'string' | 'number' | 'boolean';
  /** `null`: any null argument gives null before `call` is asked. `own`: `call` sees the nulls. */
  readonly onNull: 'null' | 'own';
  /** Has a form with `~` that folds A–Z. */
  readonly insensitive: boolean;
  /** Only reached through an operator (`a + b`), not by name. */
  readonly operatorOnly?: true;
  readonly examples: readonly Example[];
  readonly call: (args: readonly FunctionValue[], insensitive: boolean) => FunctionValue;
}

export const defineFunction = <const T extends FunctionDefinition>(definition: T): T => definition;
