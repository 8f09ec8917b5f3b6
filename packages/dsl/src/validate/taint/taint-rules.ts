/**
 * What a customer or a model wrote must not decide about money, outside mail or rights unless somebody has checked it.
 * The rules stand in docs/document.md; node types say of themselves what they give and what can do harm.
 */
import type { FlowDocument } from "../../document/flow.ts";
import type { Issue } from "../../document/issue.ts";
import { joinPointer } from "../../document/pointer.ts";
import type { Graph } from "../graph.ts";
import type { ManifestIndex } from "../manifests.ts";
import { actsOf, type Act } from "./acts.ts";
import { harmIn, type Trace } from "./taint.ts";
import { Tainter } from "./tainter.ts";
import { actIssue, callIssue, paramIssue } from "./words.ts";

/** @param graphs by pointer */
export function taintIssues(flow: FlowDocument, graphs: ReadonlyMap<string, Graph>, manifests: ManifestIndex): Issue[] {
  const nodes = [...graphs.values()].flatMap((graph) =>
    [...graph.nodes.values()].map((node) => ({ node, acts: actsOf(node, manifests) })),
  );
  const harmful = nodes.filter(({ acts }) => acts.length > 0);
  if (harmful.length === 0) return [];
  const names = new Map(nodes.map(({ node }) => [node.id, node.spec.name ?? node.id]));
  const tainter = new Tainter(flow, graphs).prepare();
  return harmful.flatMap(({ node, acts }) => {
    const reader = tainter.readerOf(node.id);
    return acts.flatMap((act) => [
      ...act.places.flatMap((place) => {
        const { value, sink } = place;
        const trace = value === undefined ? undefined : harmIn(tainter.valueTaint(value, reader));
        return trace === undefined || (sink === "mail" && isAnswer(act, trace))
          ? []
          : [paramIssue(place, wayOf(trace, node.id), names)];
      }),
      ...(act.byModel === undefined ? [] : [callIssue(act.byModel, node.id, names)]),
      ...soleIssues(act, node.id, { tainter, names }),
    ]);
  });
}

/** A payment that only a model's or a customer's choice has led to. */
function soleIssues(act: Act, id: string, { tainter, names }: Context): Issue[] {
  if (!act.places.some(({ sink }) => sink === "payment")) return [];
  const trace = tainter.soleDecider(id);
  return trace === undefined ? [] : [actIssue(joinPointer(act.pointer, "type"), wayOf(trace, id), names)];
}

interface Context {
  readonly tainter: Tainter;
  readonly names: ReadonlyMap<string, string>;
}

/** To whoever the run was started with goes what it was started with, and nothing that we know ourselves. */
function isAnswer({ own }: Act, { source }: Trace): boolean {
  return !own && /^input\b/.test(source);
}

const wayOf = (trace: Trace, id: string): Trace =>
  trace.way.at(-1) === id ? trace : { ...trace, way: [...trace.way, id] };
