import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, type JSX } from "react";
import { FlowCanvas } from "../../canvas/flow-canvas.tsx";
import type { RunDetails } from "../../rpc/outputs.ts";
import { useNow } from "../../ui/now.ts";
import { useWords, type Translate } from "../../words/use-words.tsx";
import { eventInWords } from "../../canvas/trigger-sentence.ts";
import { readDocument } from "./document.ts";
import { RunAbout } from "./run-about.tsx";
import { cardOf, edgeOf } from "./run-cards.ts";
import { graphOf, timelineInput } from "./run-facts.ts";
import { RunHead } from "./run-head.tsx";
import { StepPanel } from "./step-panel.tsx";
import { TimelinePanel } from "./timeline-panel.tsx";
import { timelineOf } from "./timeline.ts";
import { useLiveTexts } from "./use-live-texts.ts";
import { useSelection } from "./use-selection.ts";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/runs/$run");

/** One run, as its page shows it. */
export function RunView({ details, live }: { readonly details: RunDetails; readonly live: boolean }): JSX.Element {
  const t = useWords(words);
  const navigate = route.useNavigate();
  const { node, tab } = route.useSearch();
  const clock = useNow().getTime();
  const { run, manifests } = details;
  const flow = useMemo(() => readDocument(details.document), [details.document]);
  const shown = useMemo(() => ({ ...flow, ...graphOf(details, flow) }), [details, flow]);
  // A finished run stands still; one that moves never began after now.
  const now = run.finishedAt === null ? Math.max(clock, Date.parse(run.startedAt)) : Date.parse(run.finishedAt);
  const timeline = useMemo(
    () => timelineOf(timelineInput(details, { flow, manifests, now })),
    [details, flow, manifests, now],
  );
  const texts = useLiveTexts(details, shown.nodes);
  const cards = useCallback(
    (id: string) => cardOf(id, { details, spec: (each) => shown.nodes[each], now, texts, t }),
    [details, shown, now, texts, t],
  );
  const edges = useCallback((edge: { from: string; port: string; to: string }) => edgeOf(edge, details), [details]);
  const { select, selection, onSelect } = useSelection(node, tab);
  const trigger = beganWith(details, t);
  return (
    <>
      <RunHead details={details} nodes={shown.nodes} live={live} />
      <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
        <aside
          aria-label={t("timeline")}
          className="flex w-[408px] shrink-0 flex-col border-r border-border bg-surface max-xl:w-[340px] max-lg:order-2 max-lg:w-full max-lg:border-r-0"
        >
          <TimelinePanel
            timeline={timeline}
            trigger={trigger}
            startedAt={Date.parse(run.startedAt)}
            {...(run.finishedAt === null ? { now } : {})}
            selected={node}
            onSelect={select}
          />
          <RunAbout details={details} flow={flow} timeline={timeline} />
        </aside>
        <div className="relative min-h-0 min-w-0 flex-1 max-lg:order-3 max-lg:min-h-[60dvh] max-lg:flex-none">
          <FlowCanvas
            flow={shown}
            manifests={manifests}
            mode="view"
            controls="left"
            cards={cards}
            edges={edges}
            selection={selection}
            onSelect={onSelect}
            className="absolute inset-0"
          />
        </div>
        {node !== undefined && (
          <StepPanel
            key={node}
            details={details}
            flow={shown}
            node={node}
            texts={texts}
            tab={tab}
            now={now}
            onTab={(next) => void navigate({ search: { node, tab: next }, replace: true })}
            onClose={() => select(undefined)}
          />
        )}
      </div>
    </>
  );
}

/** What the first row of the timeline is called: as the card of the trigger. */
function beganWith({ run, event, people }: RunDetails, t: Translate<keyof (typeof words)["en"]>): string {
  const name = event?.name ?? run.trigger["event"];
  if (typeof name === "string") return eventInWords(name);
  if (run.parent !== null) return t("beganByRun");
  return t(Object.hasOwn(people, run.actor.id) ? "beganByHand" : "beganByCall");
}
