/**
 * What an expression may cost. A CEL expression always ends; these say how soon.
 *
 * The shape of an expression is bounded when it is compiled, the size of what it reads and makes when it is evaluated.
 */
export const EXPRESSION_LIMITS = {
  /** Characters of one expression. */
  sourceLength: 16_384,
  /** Nodes of the syntax tree. */
  nodes: 2_000,
  /** Nesting of the syntax tree. */
  depth: 40,
  /** Elements of one list or map literal. */
  literalElements: 500,
  /** Arguments of one call. */
  callArguments: 16,
  /** How deep `map`, `filter`, `all`, `exists` and `exists_one` may nest. */
  comprehensionDepth: 2,
  /** Upper bound of the work of one evaluation, in steps (visited nodes and compared values). */
  cost: 10_000_000,
  /** What the references of one expression may read, in characters of JSON (about 4 MiB). */
  inputSize: 4 * 1024 * 1024,
  /** The result of one expression, in characters of JSON (about 1 MiB). */
  resultSize: 1024 * 1024,
  /** Nesting of a value that is read or returned. */
  valueDepth: 200,
  /** Characters of a regular expression. */
  patternLength: 1_000,
  /** Characters of a text that a regular expression is tried on. */
  patternInput: 64 * 1024,
} as const;
