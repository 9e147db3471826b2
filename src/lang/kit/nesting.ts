/** How deeply parentheses and other brackets of a query may stand inside each other: keeps every recursion shallow. */
export const DEEPEST_NESTING = 200;
