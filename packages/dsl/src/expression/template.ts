import type { Json, JsonObject } from "../json.ts";
import { compileCondition } from "./condition.ts";
import type { Compiled } from "./condition.ts";
import { ExpressionError } from "./error.ts";
import { EXPRESSION_LIMITS } from "./limits.ts";
import { joinPointer } from "../document/pointer.ts";
import type { Reference } from "./references.ts";
import { inserted } from "./render.ts";
import type { Escape } from "./render.ts";
import type { Roots } from "./roots.ts";
import { isTemplate, scanTemplate } from "./scan.ts";

/** A JSON value with expressions in its strings, compiled. Immutable; may be evaluated any number of times. */
export interface CompiledTemplate {
  /** Each with its `pointer` into the value, and offsets in the string that stands there. */
  readonly references: readonly Reference[];
  /** No expression inside: `evaluate` gives the value itself. */
  readonly static: boolean;
  /** @throws ExpressionError with pointer and position */
  evaluate(roots: Roots): Json;
}

/** A way to make a value. Absent for what holds no expression. */
export type Maker = ((roots: Roots) => Json) | undefined;

/**
 * Compiles the expressions in the strings of a value, at any depth; keys are taken as they are. A string that is a
 * single `{{ … }}` gives the expression's value with its type, any other string gives text.
 *
 * What an expression gives is never looked at for braces again.
 *
 * @param options.escape in what every inserted value is made safe; it is then always text
 * @throws ExpressionError at the first expression that can't be compiled
 */
export function compileTemplate(value: Json, options: { readonly escape?: Escape } = {}): CompiledTemplate {
  const references: Reference[] = [];
  const make = compileValue(value, "", { references, escape: options.escape ?? "none" });
  return { references, static: make === undefined, evaluate: make ?? (() => value) };
}

interface Build {
  readonly references: Reference[];
  readonly escape: Escape;
}

function compileValue(value: Json, pointer: string, build: Build): Maker {
  if (typeof value === "string") return isTemplate(value) ? compileText(value, pointer, build) : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  return Array.isArray(value) ? compileList(value, pointer, build) : compileObject(value, pointer, build);
}

function compileList(list: readonly Json[], pointer: string, build: Build): Maker {
  const makers = list.map((item, index) => compileValue(item, joinPointer(pointer, index), build));
  return joinList(list, makers);
}

function compileObject(object: JsonObject, pointer: string, build: Build): Maker {
  const makers = Object.entries(object).map(([key, item]): [string, Maker] => [
    key,
    compileValue(item, joinPointer(pointer, key), build),
  ]);
  return joinObject(object, makers);
}

/** Puts a list together of what stays and what is made. */
export function joinList(list: readonly Json[], makers: readonly Maker[]): Maker {
  if (makers.every((make) => make === undefined)) return undefined;
  return (roots) =>
    list.map((item, index) => {
      const make = makers[index];
      return make === undefined ? item : make(roots);
    });
}

/** Puts an object together of what stays and what is made, in the order of the keys. */
export function joinObject(object: JsonObject, makers: readonly (readonly [string, Maker])[]): Maker {
  const dynamic: [string, (roots: Roots) => Json][] = [];
  for (const [key, make] of makers) if (make !== undefined) dynamic.push([key, make]);
  if (dynamic.length === 0) return undefined;
  return (roots) => {
    // The spread defines every key as an own property, so that assigning to "__proto__" stays data.
    const result: JsonObject = { ...object };
    for (const [key, make] of dynamic) result[key] = make(roots);
    return result;
  };
}

function compileText(text: string, pointer: string, build: Build): Maker {
  const parts = piecesOf(text, pointer).map((piece) => {
    if (piece.kind === "text") return piece.text;
    const compiled = compileAt(piece.source, piece.offset, pointer);
    for (const reference of compiled.references) build.references.push(moved(reference, piece.offset, pointer));
    return { compiled, offset: piece.offset };
  });
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== "string" && build.escape === "none") {
    return (roots) => evaluateAt(only.compiled, only.offset, pointer, roots);
  }
  return (roots) => {
    let result = "";
    for (const part of parts) {
      if (typeof part === "string") {
        result += part;
      } else {
        result += inserted(evaluateAt(part.compiled, part.offset, pointer, roots), build.escape);
      }
      if (result.length > EXPRESSION_LIMITS.resultSize) throw textTooLarge(text, pointer);
    }
    return result;
  };
}

function piecesOf(text: string, pointer: string) {
  try {
    return scanTemplate(text);
  } catch (error) {
    throw error instanceof ExpressionError ? error.within(0, pointer) : error;
  }
}

function compileAt(source: string, offset: number, pointer: string): Compiled {
  try {
    return compileCondition(source);
  } catch (error) {
    throw error instanceof ExpressionError ? error.within(offset, pointer) : error;
  }
}

function evaluateAt(compiled: Compiled, offset: number, pointer: string, roots: Roots): Json {
  try {
    return compiled.evaluate(roots);
  } catch (error) {
    throw error instanceof ExpressionError ? error.within(offset, pointer) : error;
  }
}

function moved(reference: Reference, offset: number, pointer: string): Reference {
  const { idStart, idEnd } = reference;
  return {
    ...reference,
    start: reference.start + offset,
    end: reference.end + offset,
    ...(idStart === undefined || idEnd === undefined ? {} : { idStart: idStart + offset, idEnd: idEnd + offset }),
    pointer,
  };
}

function textTooLarge(text: string, pointer: string): ExpressionError {
  return new ExpressionError({
    code: "result_too_large",
    message: `The text becomes longer than ${EXPRESSION_LIMITS.resultSize} characters`,
    start: 0,
    end: text.length,
    expression: text,
    pointer,
  });
}
