/** What a function takes and gives, in the words of the people who write expressions. */
export type Kind = "any" | "text" | "number" | "bool" | "list" | "map" | "time" | "optional";

export interface ParamSpec {
  readonly name: string;
  readonly kinds: readonly Kind[];
  readonly optional?: true;
}

/** A function of the expression language, built into CEL or our own. Drives checks, completions and the documentation. */
export interface FunctionSpec {
  readonly name: string;
  /** Present for `value.name(…)`; absent for `name(…)`. */
  readonly receiver?: readonly Kind[];
  readonly params: readonly ParamSpec[];
  readonly result: Kind;
  /** One sentence. */
  readonly description: string;
  readonly example: string;
}

/** A function that Holdfast adds. Arguments arrive checked against `params`, integers as numbers. */
export interface OwnFunction extends FunctionSpec {
  run(args: readonly Argument[]): string | number | boolean;
}

/** What an expression hands to a function. */
export type Argument = string | number | boolean | null | undefined | object;
