/** Which risk scores go with which severity (engine B2). */
import type { Severity } from '../../model/alert.ts';

const bands: readonly (readonly [Severity, from: number, to: number])[] = [
  ['low', 0, 21],
  ['medium', 22, 47],
  ['high', 48, 73],
  ['critical', 74, 100],
];

/** The severity that a score from 0 to 100 stands for. */
export const severityOf = (score: number): Severity =>
  bands.find(([, , to]) => score <= to)?.[0] ?? 'critical';

/** The highest score of a severity, which is the one that rules usually carry. */
export const scoreOf = (severity: Severity): number => bands.find(([name]) => name === severity)?.[2] ?? 0;

/** `48 to 73`. */
export const bandOf = (severity: Severity): string => {
  const [, from, to] = bands.find(([name]) => name === severity) ?? ['', 0, 100];
  return `${from} to ${to}`;
};
