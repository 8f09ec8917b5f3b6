import type { FlowDocument } from "@holdfast/dsl";
import { Link as LinkIcon, X } from "lucide-react";
import { useEffect, useRef, type JSX } from "react";
import { iconOf, familyOf } from "../../canvas/node-facts.ts";
import { Tile } from "../../canvas/tile.tsx";
import type { RunDetails } from "../../rpc/outputs.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { ChildRuns } from "./child-runs.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { type LiveTexts, textsOf } from "./live-texts.ts";
import { stepsOf, waitOf } from "./run-facts.ts";
import { STEP_TABS, type StepTab } from "./search.ts";
import { InputTab, OutputTab } from "./value-tabs.tsx";
import { WaitTab } from "./wait-tab.tsx";
import { words } from "./words.ts";

export interface StepPanelProps {
  readonly details: RunDetails;
  readonly flow: FlowDocument;
  readonly node: string;
  /** What models are writing in the run. */
  readonly texts: LiveTexts;
  readonly tab: StepTab | undefined;
  readonly now: number;
  readonly onTab: (tab: StepTab) => void;
  readonly onClose: () => void;
}

/** All that is known of one node in this run. */
export function StepPanel({ details, flow, node, texts, tab, now, onTab, onClose }: StepPanelProps): JSX.Element {
  const t = useWords(words);
  const heading = useRef<HTMLHeadingElement>(null);
  const spec = flow.nodes[node];
  const manifest = details.manifests.find(({ type }) => type === spec?.type);
  const waits = waitOf(details, node) !== undefined;
  const tabs = STEP_TABS.filter((each) => each !== "wait" || waits);
  const shown = tabs.find((each) => each === tab) ?? (waits ? "wait" : "output");
  const order = [...new Set(details.steps.filter(({ status }) => status !== "skipped").map((step) => step.node))];
  const place = order.indexOf(node);
  // On a phone the panel stands above what was clicked.
  useEffect(() => {
    heading.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const copyLink = (): void => void navigator.clipboard.writeText(location.href).then(() => done(t("linkCopied")));
  return (
    <aside
      aria-label={t("panel")}
      className="flex w-[372px] shrink-0 flex-col border-l border-border bg-surface max-lg:order-1 max-lg:w-full max-lg:border-b max-lg:border-l-0"
    >
      <div className="flex items-center gap-2.5 px-4 pt-3 pb-2.5">
        <Tile family={familyOf(manifest)} icon={iconOf(manifest, spec)} inline />
        <div className="min-w-0 flex-1">
          <h2 ref={heading} className="truncate text-14 font-semibold">
            {spec?.name ?? node}
          </h2>
          <p className="text-11 text-text-3">
            {place >= 0 && <>{t("stepOf", { n: place + 1 })}&ensp;·&ensp;</>}
            <code>{node}</code>
          </p>
        </div>
        <IconButton icon={LinkIcon} size="sm" label={t("link")} onClick={copyLink} />
        <IconButton icon={X} size="sm" label={t("close")} onClick={onClose} />
      </div>
      <Tabs
        label={t("tabs")}
        className="min-h-0 flex-1"
        value={shown}
        onChange={onTab}
        tabs={tabs.map((id) => ({ id, label: t(id) }))}
      >
        {shown === "wait" && <WaitTab details={details} flow={flow} node={node} now={now} />}
        {shown === "input" && <InputTab details={details} steps={stepsOf(details, node)} node={node} />}
        {shown === "output" && (
          <OutputTab details={details} steps={stepsOf(details, node)} node={node} texts={textsOf(texts, node)} />
        )}
        {(shown === "wait" || shown === "output") && <ChildRuns details={details} node={node} />}
        {shown === "history" && <HistoryTab details={details} node={node} />}
      </Tabs>
    </aside>
  );
}
