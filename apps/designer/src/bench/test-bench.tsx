/** The test bench: the draft, run in the browser by the real engine, with a clock that can be moved. */
import type { Scenario } from "@holdfast/dsl";
import { FlaskConical } from "lucide-react";
import { useMemo, useState, type JSX } from "react";
import type { CanvasEdge, CardView, EdgeView } from "../canvas/card-view.ts";
import { useCommands } from "../keys/use-commands.ts";
import { done } from "../ui/toast.ts";
import { useWords } from "../words/use-words.tsx";
import { BeforeStory } from "./before-story.tsx";
import { benchCard, benchEdge } from "./bench-cards.ts";
import { ChangeSheet, EventDialog, InputSheet, NameDialog } from "./bench-dialogs.tsx";
import { CalendarNote, ClockBar, benchActs } from "./clock-bar.tsx";
import { ExpectedList, joined } from "./expected-list.tsx";
import type { Expected } from "./model/expectations.ts";
import type { Need } from "./model/needs.ts";
import { expectedOf, freeName, scenarioOf } from "./model/scenarios.ts";
import { answeringAlways, rested, startedWith, told, withAnswer } from "./model/session.ts";
import type { StoryEntry } from "./model/story.ts";
import { NextText } from "./next-text.tsx";
import { sentencesOf } from "./said.ts";
import { ScenarioBar } from "./scenario-bar.tsx";
import { nodeNames, type StoryTools } from "./story-text.ts";
import { StoryList } from "./story-list.tsx";
import { timesOf } from "./times.ts";
import type { Bench } from "./use-bench.ts";
import { WhatNext } from "./what-next.tsx";
import { words } from "./words.ts";

/** What the cards and edges of the canvas show while the bench is open. */
export function useBenchLook(bench: Bench | undefined): {
  readonly cards: ((id: string) => CardView | undefined) | undefined;
  readonly edges: ((edge: CanvasEdge) => EdgeView | undefined) | undefined;
} {
  const t = useWords(words);
  const view = bench?.view;
  const world = bench?.world;
  const timeZone = bench?.flow.settings?.timeZone ?? "UTC";
  return useMemo(() => {
    if (view === undefined) return { cards: undefined, edges: undefined };
    const sentences = world === undefined ? undefined : sentencesOf(world, view, t.language);
    const times = timesOf(view.clock.start, timeZone, t.language);
    const tools = { view, t, times, sentence: (id: string) => sentences?.get(id) };
    return { cards: (id) => benchCard(id, tools), edges: (edge) => benchEdge(edge, view) };
  }, [view, world, t, timeZone]);
}

/** At the foot of the canvas. */
export function BenchBanner(): JSX.Element {
  const t = useWords(words);
  return (
    <div className="pointer-events-none absolute right-3 bottom-3 z-10 flex min-h-8 items-center gap-2 rounded-md border border-border-strong bg-surface-raised px-2.5 py-1 text-12 max-[1100px]:bottom-14 max-[899px]:top-3 max-[899px]:bottom-auto max-[899px]:left-3">
      <FlaskConical aria-hidden className="size-3.5 text-text-2" strokeWidth={1.75} />
      {t("banner")}
    </div>
  );
}

type Open =
  | { readonly what: "input" }
  | { readonly what: "event"; readonly need: Need | undefined }
  | { readonly what: "change"; readonly entry: StoryEntry }
  | { readonly what: "save"; readonly expect: Expected };

export interface TestBenchProps {
  readonly bench: Bench;
  readonly selected?: string | undefined;
}

export function TestBench({ bench, selected }: TestBenchProps): JSX.Element {
  const t = useWords(words);
  const [open, setOpen] = useState<Open>();
  const { view, flow, session } = bench;
  const nameOf = useMemo(() => nodeNames(flow), [flow]);
  const times = timesOf(session.start.now, flow.settings?.timeZone ?? "UTC", t.language);
  const tools: StoryTools = { flow, nameOf, times, t };
  useBenchKeys(bench);
  const save = useSaving(bench, setOpen);
  const close = (): void => setOpen(undefined);
  return (
    <aside
      aria-label={t("bench")}
      className="flex h-full min-h-0 w-full min-w-0 flex-col bg-surface max-[899px]:overflow-y-auto"
    >
      <ScenarioBar bench={bench} onSave={save.into} onSaveAs={save.ask} />
      <ClockBar bench={bench} times={times} />
      <CalendarNote flow={bench.flow} />
      <div className="min-h-0 flex-1 overflow-y-auto max-[899px]:flex-none max-[899px]:overflow-visible">
        <BeforeStory bench={bench} nameOf={nameOf} />
        {view !== undefined && (
          <StoryList
            view={view}
            session={session}
            tools={tools}
            onNode={bench.onNode}
            onEditInput={() => setOpen({ what: "input" })}
            onChange={(entry) => setOpen({ what: "change", entry })}
            onSession={(next) => bench.go(next, { play: false })}
            next={
              view.over || !view.rests || view.needs.length === 0 ? null : (
                <NextText needs={view.needs} world={bench.world} tools={tools} onNode={bench.onNode} />
              )
            }
          />
        )}
      </div>
      {view !== undefined && (
        <ExpectedList
          scenario={save.current}
          view={view}
          nameOf={nameOf}
          onNode={bench.onNode}
          onAdd={save.happened}
          onRemove={save.expect}
        />
      )}
      <WhatNext bench={bench} tools={tools} selected={selected} onEvent={(need) => setOpen({ what: "event", need })} />
      <Opened open={open} bench={bench} nameOf={nameOf} save={save} onClose={close} />
    </aside>
  );
}

interface OpenedProps {
  readonly open: Open | undefined;
  readonly bench: Bench;
  readonly nameOf: (id: string) => string;
  readonly save: Saving;
  readonly onClose: () => void;
}

function Opened({ open, bench, nameOf, save, onClose }: OpenedProps): JSX.Element | null {
  const t = useWords(words);
  const { session, flow, world } = bench;
  switch (open?.what) {
    case "input":
      return (
        <InputSheet
          flow={flow}
          start={session.start}
          onClose={onClose}
          onUse={(start) => {
            bench.go(startedWith(session, start));
            onClose();
          }}
        />
      );
    case "event":
      return (
        <EventDialog
          needs={bench.view?.needs ?? []}
          need={open.need}
          onClose={onClose}
          onSend={(name, data) => {
            bench.go(told(rested(session), { type: "event", name, data }));
            onClose();
          }}
        />
      );
    case "change":
      return <Changing entry={open.entry} bench={bench} name={nameOf(open.entry.node ?? "")} onClose={onClose} />;
    case "save":
      return (
        <NameDialog
          title={t("saveAs")}
          help={t("saveHelp")}
          name={freeName(
            save.current?.name ?? t("ownRun"),
            (world.flow.tests ?? []).map(({ name }) => name),
          )}
          taken={(flow.tests ?? []).map(({ name }) => name)}
          onClose={onClose}
          onName={(name) => {
            save.as(name, open.expect);
            onClose();
          }}
        />
      );
    case undefined:
      return null;
  }
}

function Changing({
  entry,
  bench,
  name,
  onClose,
}: {
  entry: StoryEntry;
  bench: Bench;
  name: string;
  onClose: () => void;
}): JSX.Element | null {
  const { session } = bench;
  const { node, answer: index = 0 } = entry;
  if (node === undefined) return null;
  const given = session.answers[node] ?? [];
  return (
    <ChangeSheet
      world={bench.world}
      node={node}
      name={name}
      params={entry.params}
      begin={given[Math.min(index, given.length - 1)]}
      onClose={onClose}
      onFail={(answer) => {
        bench.go(withAnswer(session, { node, index, answer }), { play: false });
        onClose();
      }}
      onAnswer={(answer, source, always) => {
        const at = { node, index, answer, source };
        bench.go(always ? answeringAlways(session, at) : withAnswer(session, at), { play: false });
        onClose();
      }}
    />
  );
}

interface Saving {
  readonly current: Scenario | undefined;
  readonly ask: () => void;
  readonly into: () => void;
  readonly as: (name: string, expect: Expected) => void;
  readonly happened: () => void;
  readonly expect: (expect: Expected) => void;
}

function useSaving(bench: Bench, setOpen: (open: Open) => void): Saving {
  const t = useWords(words);
  const { flow, scenario, view, session, world } = bench;
  const tests = flow.tests ?? [];
  const current = scenario === undefined ? undefined : tests[scenario];
  const ends = (): ReadonlySet<string> =>
    new Set(
      Object.entries(flow.nodes).flatMap(([id, { type }]) =>
        world.manifests.get(type)?.ports.length === 0 ? [id] : [],
      ),
    );
  const happenedNow = (): Expected => (view === undefined ? {} : expectedOf(view, ends()));
  const written = (name: string, expect: Expected): Scenario | undefined =>
    view === undefined ? undefined : scenarioOf(name, rested(session), view, expect);
  const replace = (next: Scenario | undefined): void => {
    if (next !== undefined && scenario !== undefined) bench.onTests(t("saveChanges"), tests.with(scenario, next));
  };
  return {
    current,
    ask: () => setOpen({ what: "save", expect: current?.expect ?? happenedNow() }),
    into: () => {
      if (current !== undefined) replace(written(current.name, current.expect));
    },
    as: (name, expect) => {
      const next = written(name, expect);
      if (next === undefined) return;
      bench.onTests(t("saveAs"), [...tests, next]);
      bench.choose(tests.length, next);
      done(t("saved", { name }));
    },
    happened: () => {
      if (current === undefined) setOpen({ what: "save", expect: happenedNow() });
      else replace({ ...current, expect: joined(current.expect, happenedNow()) });
    },
    expect: (expect) => {
      if (current !== undefined) replace({ ...current, expect });
    },
  };
}

/** → one on, ⇧→ on to where time passes, Esc leaves. */
function useBenchKeys(bench: Bench): void {
  const t = useWords(words);
  const acts = benchActs(bench);
  const group = t("group");
  useCommands([
    { id: "bench.next", label: t("nextStep"), keys: "→", group, run: acts.next },
    { id: "bench.ahead", label: t("runOn"), keys: "⇧→", group, run: acts.ahead },
    { id: "bench.restart", label: t("restart"), group, run: acts.restart },
    { id: "bench.back", label: t("back"), keys: "←", group, run: bench.back },
    { id: "bench.all", label: t("runAllLong"), group, run: bench.rerun },
    { id: "bench.leave", label: t("leave"), keys: "Esc", group, run: bench.onLeave },
  ]);
}
