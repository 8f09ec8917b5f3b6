/** Pieces of CEL as text. */
import type { Syntax } from "@holdfast/dsl";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A literal. */
export function literalText(value: string | number | boolean | null): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** `input.a`, `nodes.?a.b`, `input["two words"]`. */
function pathText(path: Syntax & { readonly kind: "path" }): string {
  const steps = path.steps.map(({ name, optional }) => {
    if (NAME.test(name)) return `${optional ? ".?" : "."}${name}`;
    return `[${optional ? "?" : ""}${JSON.stringify(name)}]`;
  });
  return path.root + steps.join("");
}

/**
 * The text of what a row can take as its field: a path, a path with what stands in for it where it is absent, or how
 * many a list holds. Undefined for anything else.
 */
export function fieldText(syntax: Syntax): string | undefined {
  if (syntax.kind === "path") return pathText(syntax);
  if (syntax.kind !== "call") return undefined;
  const { name, receiver, args } = syntax;
  const [first] = args;
  if (name === "orValue" && receiver?.kind === "path" && first !== undefined && args.length === 1) {
    const fallback = fallbackText(first);
    return fallback === undefined ? undefined : `${pathText(receiver)}.orValue(${fallback})`;
  }
  if (name === "size" && receiver === undefined && first !== undefined && args.length === 1) {
    const counted = fieldText(first);
    return counted === undefined ? undefined : `size(${counted})`;
  }
  return undefined;
}

function fallbackText(syntax: Syntax): string | undefined {
  if (syntax.kind === "value") return literalText(syntax.value);
  return syntax.kind === "list" && syntax.items.length === 0 ? "[]" : undefined;
}
