/** The state of the test bench: one session after the other, what it looks like, and what can be done to it. */
import type { FlowDocument, Issue, NodeManifest, Scenario } from "@holdfast/dsl";
import { useQueries } from "@tanstack/react-query";
import { parseFlow, walkNodes } from "@holdfast/dsl";
import { controlNodes } from "@holdfast/nodes/control";
import { useCallback, useEffect, useMemo, useState } from "react";
import { manifestOf } from "../flow/manifests.ts";
import { useTRPC } from "../rpc/client.ts";
import { sampleOf } from "../values/sample-of.ts";
import type { World } from "./model/play.ts";
import { sessionOf } from "./model/scenarios.ts";
import { type Session, type Start, freeSession, rested } from "./model/session.ts";
import type { BenchView, Chosen } from "./model/view.ts";
import { createPlayer, type Player } from "./player.ts";
import { runAll, type Verdict } from "./run-scenarios.ts";

export interface BenchProps {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly issues: readonly Issue[];
  /** Writes the scenarios into the document, as one entry of the history. */
  readonly onTests: (label: string, tests: Scenario[]) => void;
  /** Shows a node. */
  readonly onNode: (id: string) => void;
  /** Shows where a problem is. */
  readonly onIssue: (issue: Issue) => void;
  readonly onLeave: () => void;
}

export interface Bench extends BenchProps {
  readonly world: World;
  readonly session: Session;
  readonly view: BenchView | undefined;
  /** Why the draft can't be run at all. */
  readonly unplayable: { readonly code: string; readonly message: string } | undefined;
  /** The number of the scenario that is played; absent: a run of one's own. */
  readonly scenario: number | undefined;
  readonly verdicts: readonly Verdict[] | undefined;
  readonly running: boolean;
  readonly canGoBack: boolean;
  /** `added`: it has only just been written into the document. */
  readonly choose: (scenario: number | undefined, added?: Scenario) => void;
  /** Goes on with another session; `play`: what happens by itself is shown step by step. */
  readonly go: (session: Session, options?: { readonly play?: boolean }) => void;
  readonly step: () => void;
  readonly back: () => void;
  readonly rerun: () => void;
  readonly show: (loop: string, iteration: number) => void;
}

/** Between two things that happen by themselves. Milliseconds. */
const PACE = 220;

const calm = (): boolean =>
  typeof window.matchMedia === "function" && window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A run begins now, with the least that fits. */
function startFor(flow: FlowDocument): Start {
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  const sample = sampleOf(flow.input);
  const trigger = flow.triggers.find(({ type }) => type === "event");
  if (trigger?.type !== "event" || trigger.input !== undefined) return { now, input: sample };
  return { now, trigger: { event: trigger.event, data: sample } };
}

function firstSession(flow: FlowDocument, scenario: number | undefined): Session {
  const found = scenario === undefined ? undefined : flow.tests?.[scenario];
  return found === undefined ? freeSession(startFor(flow)) : sessionOf(found);
}

export function useBench(props: BenchProps): Bench {
  const { flow, manifests } = props;
  const world = useWorld(flow, manifests);
  const [player] = useState(createPlayer);
  const [scenario, setScenario] = useState(flow.tests === undefined || flow.tests.length === 0 ? undefined : 0);
  const [past, setPast] = useState<readonly Session[]>(() => [firstSession(flow, scenario)]);
  const [playing, setPlaying] = useState(true);
  const [chosen, setChosen] = useState<Chosen>({});
  const session = past.at(-1) ?? firstSession(flow, scenario);
  const look = useMemo(() => player.look(world, session, chosen), [player, world, session, chosen]);
  const view = "story" in look ? look : undefined;
  const verdicts = useVerdicts(world);
  usePlaying({
    player,
    world,
    session,
    playing: playing && view?.rests === false && view.broken === undefined,
    setPast,
  });
  const go = useCallback((next: Session, { play = true } = {}) => {
    setPast((all) => [...all.slice(-200), next]);
    setPlaying(play);
  }, []);
  return {
    ...props,
    world,
    session,
    view,
    unplayable: view === undefined && "code" in look ? look : undefined,
    scenario,
    ...verdicts,
    canGoBack: past.length > 1,
    choose: (next, added) => {
      setScenario(next);
      setChosen({});
      setPast([added === undefined ? firstSession(flow, next) : sessionOf(added)]);
      setPlaying(true);
    },
    go,
    step: () => {
      setPlaying(false);
      setPast((all) => [...all.slice(0, -1), player.step(world, session)]);
    },
    back: () => {
      setPlaying(false);
      setPast((all) => (all.length > 1 ? all.slice(0, -1) : all));
    },
    show: (loop, iteration) => setChosen((all) => ({ ...all, [loop]: iteration })),
  };
}

/** Flows that it calls are read from the server; what can't be read is asked about by hand. */
function useWorld(flow: FlowDocument, manifests: readonly NodeManifest[]): World {
  const trpc = useTRPC();
  const called = useMemo(
    () =>
      [...new Set([...walkNodes(flow)].map(({ node }) => (node.type === "invoke" ? node.params["flow"] : undefined)))]
        .filter((id): id is string => typeof id === "string" && id !== flow.id)
        .toSorted(),
    [flow],
  );
  const flows = useQueries({
    queries: called.map((id) => ({ ...trpc.flows.get.queryOptions({ id }), retry: false })),
    combine: (results) =>
      results.flatMap(({ data }) => {
        const read = parseFlow(data?.live?.document);
        return read.ok ? [read.flow] : [];
      }),
  });
  const known = useMemo(
    () => new Map([...new Set(manifests.map(({ type }) => type))].flatMap((type) => entryOf(flow, manifests, type))),
    [flow, manifests],
  );
  return useMemo(
    () => ({ flow, manifests: known, controls: controlNodes, flows: new Map(flows.map((one) => [one.id, one])) }),
    [flow, known, flows],
  );
}

function entryOf(flow: FlowDocument, manifests: readonly NodeManifest[], type: string): [string, NodeManifest][] {
  const manifest = manifestOf(flow, manifests, type);
  return manifest === undefined ? [] : [[type, manifest]];
}

interface Playing {
  readonly player: Player;
  readonly world: World;
  readonly session: Session;
  readonly playing: boolean;
  readonly setPast: (change: (all: readonly Session[]) => readonly Session[]) => void;
}

/** What happens by itself happens before one's eyes, one thing after the other; at once for who wants no motion. */
function usePlaying({ player, world, session, playing, setPast }: Playing): void {
  useEffect(() => {
    if (!playing) return undefined;
    const still = calm();
    const next = (): void =>
      setPast((all) => [...all.slice(0, -1), still ? rested(session) : player.step(world, session)]);
    const timer = setTimeout(next, still ? 0 : PACE);
    return () => clearTimeout(timer);
  }, [player, world, session, playing, setPast]);
}

/** After a change all scenarios run again. */
function useVerdicts(world: World): Pick<Bench, "verdicts" | "running" | "rerun"> {
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>();
  const [running, setRunning] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let stop: (() => void) | undefined;
    const timer = setTimeout(
      () => {
        setRunning(true);
        stop = runAll(world, (found, finished) => {
          setVerdicts(found);
          if (finished) setRunning(false);
        });
      },
      round === 0 ? 50 : 0,
    );
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [world, round]);
  return { verdicts, running, rerun: () => setRound((count) => count + 1) };
}
