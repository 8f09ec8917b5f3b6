import type { FlowDocument, JsonObject, NodeManifest, Roots } from "@holdfast/dsl";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { exampleOf, scenarioRoots } from "../expression-field/sample.ts";
import type { Sample } from "../expression-field/sample.ts";
import { useTRPC } from "../rpc/client.ts";
import { shortId } from "../values/short-id.ts";

export interface Samples {
  readonly samples: readonly Sample[];
  readonly chosen: Sample | undefined;
  readonly choose: (id: string) => void;
  /** Values to begin with when they are entered by hand. */
  readonly begin: () => JsonObject;
  readonly enter: (roots: JsonObject) => void;
}

const BY_HAND = "hand";
const NO_ROOTS: Roots = {};

/** Whose values the fields show: the last runs of the flow, its scenarios, or what was entered by hand. */
export function useSamples(flow: FlowDocument, manifests: readonly NodeManifest[]): Samples {
  const trpc = useTRPC();
  const [wanted, setWanted] = useState<string>();
  const [byHand, setByHand] = useState<JsonObject>();
  const recent = useQuery(
    trpc.runs.recent.queryOptions({ flow: flow.id, limit: 10 }, { staleTime: 60_000, retry: false }),
  );
  const runs = (recent.data ?? []).map(({ run, startedAt }): Sample => ({
    id: `run:${run}`,
    kind: "run",
    name: shortId(run),
    at: new Date(startedAt),
    roots: NO_ROOTS,
  }));
  const scenarios = (flow.tests ?? []).map(({ name }, index): Sample => ({
    id: `scenario:${index}`,
    kind: "scenario",
    name,
    roots: NO_ROOTS,
  }));
  const hand: Sample[] = byHand === undefined ? [] : [{ id: BY_HAND, kind: "hand", name: "", roots: byHand }];
  const samples = [...runs, ...scenarios, ...hand];
  const chosen = samples.find(({ id }) => id === wanted) ?? samples[0];
  const roots = useRoots(flow, manifests, chosen, byHand);
  const { id, kind, name } = chosen ?? {};
  const at = chosen?.at?.getTime();
  const known = useMemo((): Sample | undefined => {
    if (id === undefined || kind === undefined || name === undefined || roots === undefined) return undefined;
    return { id, kind, name, roots, ...(at !== undefined && { at: new Date(at) }) };
  }, [id, kind, name, at, roots]);
  return {
    samples,
    chosen: known,
    choose: setWanted,
    begin: () => byHand ?? beginning(flow, roots),
    enter: (entered) => {
      setByHand(entered);
      setWanted(BY_HAND);
    },
  };
}

/** The values of the chosen sample; undefined until they are there. */
function useRoots(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  chosen: Sample | undefined,
  byHand: JsonObject | undefined,
): Roots | undefined {
  const trpc = useTRPC();
  const run = chosen?.kind === "run" ? chosen.id.slice("run:".length) : undefined;
  const loaded = useQuery(
    trpc.runs.sample.queryOptions({ id: run ?? "" }, { enabled: run !== undefined, staleTime: 60_000, retry: false }),
  );
  const late = useDeferredValue(flow);
  const scenario = chosen?.kind === "scenario" ? Number(chosen.id.slice("scenario:".length)) : undefined;
  const simulated = useMemo(() => {
    const test = scenario === undefined ? undefined : late.tests?.[scenario];
    return test === undefined ? undefined : scenarioRoots(late, manifests, test);
  }, [late, manifests, scenario]);
  const ofRun = useMemo((): Roots | undefined => {
    if (loaded.data === undefined) return undefined;
    const { input, trigger, nodes, ports, errors, ...about } = loaded.data;
    const { run: id, flow: of, version, startedAt, requester } = about;
    const started = { id, flow: of, version, startedAt, now: startedAt };
    return { input, trigger, nodes, ports, errors, run: requester === null ? started : { ...started, requester } };
  }, [loaded.data]);
  if (chosen === undefined) return undefined;
  if (chosen.kind === "hand") return byHand;
  return chosen.kind === "scenario" ? simulated : ofRun;
}

/** The values that are shown now, or something that fits the input. */
function beginning(flow: FlowDocument, roots: Roots | undefined): JsonObject {
  const { input, nodes } = roots ?? {};
  return { input: input ?? exampleOf(flow.input ?? true), nodes: nodes ?? {} };
}
