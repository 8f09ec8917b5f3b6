import { canonicalText } from "@holdfast/dsl";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState, type JSX, type ReactNode } from "react";
import { useStore } from "zustand";
import { useMay } from "../../app/session.ts";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { FlowTop } from "../../versions/flow-top.tsx";
import { useWords } from "../../words/use-words.tsx";
import { ChangesPanel } from "./changes-panel.tsx";
import { DiffCanvas } from "./diff-canvas.tsx";
import { VersionDialogs, type Asked } from "./dialogs.tsx";
import type { Side, VersionsSearch } from "./search.ts";
import type { Version } from "./spine.tsx";
import { comparisonTitle, pick, pickedOf, useCompared, type Documents, type Picked } from "./use-compared.ts";
import { useVersionActions, type VersionActs } from "./use-version-actions.ts";
import { stepped, useVersionKeys } from "./use-version-keys.ts";
import { VersionActions } from "./version-actions.tsx";
import { VersionsPanel } from "./versions-panel.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/flows/$flow/versions");

export interface VersionsViewProps {
  readonly flow: string;
  readonly draft: OpenDraft;
  readonly versions: readonly Version[];
}

type Part = "versions" | "canvas" | "changes";

/** Left the versions, in the middle both in one drawing, right what differs. */
export function VersionsView({ flow, draft, versions }: VersionsViewProps): JSX.Element {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const changed = useChanged(draft);
  const picked = pickedOf(search, versions, { baseVersion: draft.baseVersion, changed });
  const documents = useCompared(flow, draft, picked);
  const [asked, setAsked] = useState<Asked>();
  const [part, setPart] = useState<Part>("versions");
  const [point, setPoint] = useState<Side>();
  const [focus, setFocus] = useState<{ id: string }>();
  const say = (next: VersionsSearch): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const compare = (next: Picked): void => say({ a: next.a, b: next.b, change: undefined });
  const show = (key: string | undefined): void => {
    const group = documents.groups.find((one) => one.key === key);
    say({ change: key });
    if (group?.node !== undefined) setFocus({ id: group.node });
  };
  const acts = useVersionActions({ flow, draft, onRollBack: (version) => setAsked({ rollBack: version }) });
  useVersionKeys({ documents, current: search.change, show, picked, compare, point });
  return (
    <>
      <FlowTop flow={flow} draft={draft} page="versions">
        <VersionActions picked={picked} versions={versions} {...acts} onPublish={() => setAsked("publish")} />
      </FlowTop>
      <PartSwitch part={part} onPart={setPart} changes={documents.groups.length} />
      <div className="flex min-h-0 flex-1">
        <VersionsPanel
          shown={part === "versions"}
          versions={versions}
          draft={draft}
          changed={changed}
          picked={picked}
          acts={acts}
          onPick={(side) => compare(pick(side, picked))}
          onPoint={setPoint}
        />
        <Middle shown={part === "canvas"} documents={documents}>
          <DiffCanvas
            documents={documents}
            selected={documents.groups.find(({ key }) => key === search.change)?.node}
            focus={focus}
            onSelect={(node) => {
              const group = documents.groups.find((one) => one.node === node);
              if (group?.key !== search.change) say({ change: group?.key });
            }}
          />
        </Middle>
        <Right
          shown={part === "changes"}
          documents={documents}
          picked={picked}
          only={versions.length < 2}
          current={search.change}
          acts={acts}
          onShow={show}
        />
      </div>
      <VersionDialogs flow={flow} draft={draft} versions={versions} asked={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}

/** Whether the draft says anything else than the version it came from. */
function useChanged(draft: OpenDraft): boolean {
  const own = useStore(draft.store, (state) => state.flow);
  return useMemo(() => draft.base === null || canonicalText(draft.base) !== canonicalText(own), [draft.base, own]);
}

/** Where one column is shown at a time. */
function PartSwitch(props: { part: Part; onPart: (part: Part) => void; changes: number }): JSX.Element {
  const t = useWords(words);
  return (
    <Segmented
      className="m-2 self-center min-[900px]:hidden"
      label={t("parts")}
      value={props.part}
      onChange={props.onPart}
      options={[
        { value: "versions", label: t("showVersions") },
        { value: "canvas", label: t("showCanvas") },
        {
          value: "changes",
          label: t("showChanges"),
          badge: <span className="text-11 text-text-3 tabular-nums">{props.changes}</span>,
        },
      ]}
    />
  );
}

function Middle(props: { shown: boolean; documents: Documents; children: ReactNode }): JSX.Element {
  const t = useWords(words);
  const { error, retry } = props.documents;
  return (
    <section
      data-shown={props.shown}
      className="relative min-w-0 flex-1 bg-canvas max-[899px]:hidden max-[899px]:data-[shown=true]:block"
    >
      {error === null || error === undefined ? (
        props.children
      ) : (
        <ErrorState title={t("couldNotDocument")} error={error} retry={retry} />
      )}
    </section>
  );
}

interface RightProps {
  readonly shown: boolean;
  readonly documents: Documents;
  readonly picked: Picked;
  /** There is nothing else to compare with yet. */
  readonly only: boolean;
  readonly current: string | undefined;
  readonly acts: VersionActs;
  readonly onShow: (key: string | undefined) => void;
}

function Right({ shown, documents, picked, only, current, acts, onShow }: RightProps): JSX.Element {
  const t = useWords(words);
  const mayEdit = useMay("draft.edit");
  const { compared, groups } = documents;
  const canUndo = mayEdit && picked.b === "draft" && compared !== undefined;
  return (
    <aside
      aria-label={t("showChanges")}
      data-shown={shown}
      className="flex w-full shrink-0 flex-col border-border bg-surface max-[899px]:hidden min-[900px]:w-[320px] min-[900px]:border-l min-[1280px]:w-[392px] max-[899px]:data-[shown=true]:flex"
    >
      {picked.a === undefined ? (
        <p className="px-4 py-3 text-text-2">{t(only ? "onlyOne" : "pickTwo")}</p>
      ) : (
        <ChangesPanel
          title={comparisonTitle(picked, t)}
          groups={groups}
          current={current}
          onCurrent={onShow}
          onNext={() => onShow(stepped(groups, current, 1))}
          onUndo={canUndo ? (group) => acts.onUndo(group, compared) : undefined}
        />
      )}
    </aside>
  );
}
