/**
 * What parts of a value come from somebody who is not to be trusted with money: a customer, a model, a message from
 * outside. As precise as the value's fields are known; nothing at all where all of it is clean.
 */
import type { Origin } from "../../contract/manifest.ts";

/** From where something came, and by which nodes. */
export interface Trace {
  readonly origin: Origin;
  /** As an expression reads it: `nodes.analyze.refundAmount`. */
  readonly source: string;
  /** Ids of the nodes that it has passed, the one that it came from first. */
  readonly way: readonly string[];
  /**
   * One of few values that the document itself lists, or a number up to a limit that it sets: harmless as an amount or
   * an address, and still a choice that somebody else has made.
   */
  readonly chosen: boolean;
}

/** Undefined: clean. */
export type Taint = WholeTaint | PartTaint | undefined;

interface WholeTaint {
  readonly whole: Trace;
}

/** The fields that are known; `rest` is that of all others, and of the elements of a list. */
interface PartTaint {
  readonly fields: ReadonlyMap<string, Taint>;
  readonly rest: Taint;
}

export function wholeOf(trace: Trace | undefined): Taint {
  return trace === undefined ? undefined : { whole: trace };
}

/** Clean if all of it is. */
export function partsOf(fields: ReadonlyMap<string, Taint>, rest?: Taint): Taint {
  const dirty = rest !== undefined || [...fields.values()].some((field) => field !== undefined);
  return dirty ? { fields, rest } : undefined;
}

export function fieldOf(taint: Taint, name: string): Taint {
  if (taint === undefined || "whole" in taint) return taint;
  return taint.fields.has(name) ? taint.fields.get(name) : taint.rest;
}

/** Of a field or an element that only the run knows. */
export function eachOf(taint: Taint): Taint {
  if (taint === undefined || "whole" in taint) return taint;
  return [...taint.fields.values()].reduce<Taint>((all, field) => join(all, field), taint.rest);
}

/** Of what may be the one or the other. */
export function join(a: Taint, b: Taint): Taint {
  if (a === undefined || b === undefined) return a ?? b;
  if ("whole" in a && "whole" in b) return a.whole.chosen ? b : a;
  if ("whole" in a) return a.whole.chosen ? join(b, a) : a;
  if ("whole" in b) {
    if (!b.whole.chosen) return b;
    const fields = new Map([...a.fields].map(([name, field]) => [name, join(field, b)] as const));
    return { fields, rest: join(a.rest, b) };
  }
  const names = new Set([...a.fields.keys(), ...b.fields.keys()]);
  const fields = new Map([...names].map((name) => [name, join(fieldOf(a, name), fieldOf(b, name))] as const));
  return { fields, rest: join(a.rest, b.rest) };
}

/** The first trace within, one that is no mere choice if there is one. */
export function traceIn(taint: Taint): Trace | undefined {
  if (taint === undefined || "whole" in taint) return taint?.whole;
  let chosen: Trace | undefined;
  for (const part of [...taint.fields.values(), taint.rest]) {
    const trace = traceIn(part);
    if (trace?.chosen === false) return trace;
    chosen ??= trace;
  }
  return chosen;
}

/** What does harm where money or addresses are made of it. */
export function harmIn(taint: Taint): Trace | undefined {
  const trace = traceIn(taint);
  return trace?.chosen === true ? undefined : trace;
}

/** The same, after one more node. */
export function through(taint: Taint, id: string): Taint {
  if (taint === undefined) return undefined;
  if ("whole" in taint) {
    const { whole } = taint;
    return whole.way.at(-1) === id ? taint : { whole: { ...whole, way: [...whole.way, id] } };
  }
  const fields = new Map([...taint.fields].map(([name, field]) => [name, through(field, id)] as const));
  return { fields, rest: through(taint.rest, id) };
}
