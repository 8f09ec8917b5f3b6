import { PanelLeftOpen } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState, type JSX } from "react";
import { Palette } from "../../canvas/palette.tsx";
import { focusOn } from "../../canvas/use-edit-keys.ts";
import { useEditing, type EditingState } from "../../canvas/use-editing.ts";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { useFlow } from "../../flow/flow-store-context.tsx";
import { useCommands } from "../../keys/use-commands.ts";
import { Explainer, focusInto } from "./explainer.tsx";
import { Problems } from "./problems.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { PublishSheet } from "../../versions/publish-sheet.tsx";
import { useWords } from "../../words/use-words.tsx";
import { DesignerTop } from "./designer-top.tsx";
import { DraftEditor } from "./draft-editor.tsx";
import { SidePanel } from "./side-panel.tsx";
import { Testing } from "./testing.tsx";
import { useGoTo, type GoTo } from "./use-go-to.ts";
import { useMedia } from "../../ui/use-media.ts";
import { words } from "./words.ts";

export interface DesignerProps {
  readonly flowId: string;
  readonly draft: OpenDraft;
  readonly node: string | undefined;
  readonly onNode: (node: string | undefined) => void;
  readonly testing: boolean;
  readonly onTest: (open: boolean) => void;
  /** The document as text instead of the drawing. */
  readonly code: boolean;
  readonly onCode: (open: boolean) => void;
}

const CodeView = lazy(async () => ({ default: (await import("../../code-view/code-view.tsx")).CodeView }));

/** Left finds, middle shows, right explains. */
export function Designer(props: DesignerProps): JSX.Element {
  const { flowId, draft, testing, onTest, code, onCode } = props;
  const t = useWords(words);
  const state = useEditing(draft.manifests);
  const [publishing, setPublishing] = useState(false);
  useSelectedInAddress(props);
  const goTo = useGoTo(state, (what) => {
    onCode(false);
    onTest(what === "bench");
  });
  useCommands([
    {
      id: "designer.test",
      label: t("test"),
      keys: "⌘↵",
      group: t("command"),
      inInputs: true,
      when: () => !testing,
      run: () => onTest(true),
    },
    { id: "designer.publish", label: t("publish"), group: t("command"), run: () => setPublishing(true) },
    { id: "designer.code", label: t(code ? "asDrawing" : "asCode"), group: t("command"), run: () => onCode(!code) },
  ]);
  return (
    <>
      <DesignerTop
        flow={flowId}
        draft={draft}
        testing={testing}
        onTest={onTest}
        code={code}
        onCode={onCode}
        onPublish={() => setPublishing(true)}
      />
      {testing && <Testing state={state} onIssue={goTo.problem} onLeave={() => onTest(false)} />}
      {!testing && code && (
        <Suspense>
          <CodeView draft={draft} />
        </Suspense>
      )}
      {!testing && !code && <Drawing state={state} draft={draft} goTo={goTo} />}
      {publishing && (
        <PublishSheet
          flow={flowId}
          draft={draft}
          onClose={() => setPublishing(false)}
          onGoTo={(node) => {
            setPublishing(false);
            onTest(false);
            onCode(false);
            state.onSelect({ nodes: new Set(node === undefined ? [] : [node]), edges: new Set() });
            if (node !== undefined) state.focusCard(node);
          }}
        />
      )}
    </>
  );
}

/** Links to a node are made by selecting it. */
function useSelectedInAddress({ node, onNode }: DesignerProps): void {
  const selected = useFlow(({ selection }) => (selection.nodes.size === 1 ? [...selection.nodes][0] : undefined));
  const latest = useRef({ node, onNode });
  latest.current = { node, onNode };
  useEffect(() => {
    if (latest.current.node !== selected) latest.current.onNode(selected);
  }, [selected]);
}

function Drawing({ state, draft, goTo }: { state: EditingState; draft: OpenDraft; goTo: GoTo }): JSX.Element {
  const phone = useMedia("(max-width: 899px)");
  const narrow = useMedia("(max-width: 1199px)");
  const [palette, setPalette] = useState<boolean>();
  const [view, setView] = useState<"canvas" | "outline">();
  const panel = useRef<HTMLDivElement>(null);
  const shown = view ?? (phone ? "outline" : "canvas");
  const hasPalette = palette ?? !narrow;
  const selected = useFlow(({ selection }) => selection.nodes.size > 0);
  const [sheet, setSheet] = useSheet(goTo);
  useStartingPoint(state, !phone);
  const inspectorShown = !phone || sheet === "flow" || (sheet === "node" && selected);
  return (
    <div className="relative flex min-h-0 flex-1">
      {hasPalette && !phone && (
        <SidePanel
          name="palette"
          side="left"
          width={200}
          least={180}
          most={360}
          className="border-r border-border max-xl:absolute max-xl:inset-y-0 max-xl:left-0 max-xl:z-20 max-xl:shadow-float"
        >
          <Palette manifests={draft.manifests} onAdd={(entry) => add(state, entry)} />
        </SidePanel>
      )}
      <section className="flex min-w-0 flex-1 flex-col">
        <div className="relative min-h-0 flex-1">
          <DraftEditor
            state={state}
            draft={draft}
            view={shown}
            onView={setView}
            onIssue={goTo.problem}
            onOpen={() => {
              setSheet("node");
              requestAnimationFrame(() => focusInto(panel.current));
            }}
          />
          {narrow && !phone && <PaletteButton open={hasPalette} onOpen={setPalette} />}
        </div>
        <Problems onGoTo={goTo.problem} />
      </section>
      {inspectorShown && (
        <Explainer panel={panel} state={state} draft={draft} goTo={goTo} onClose={() => setSheet(undefined)} />
      )}
    </div>
  );
}

/** Where nothing has the focus when the drawing comes, the selected card has it, or the one that the keys are about. */
function useStartingPoint({ focusCard, at, selection }: EditingState, wanted: boolean): void {
  const selected = useRef(selection);
  selected.current = selection;
  useEffect(() => {
    const { activeElement, body } = document;
    const [card = at.current] = selected.current.nodes;
    if (wanted && (activeElement === null || activeElement === body)) focusCard(card);
  }, [focusCard, at, wanted]);
}

function PaletteButton({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }): JSX.Element {
  const t = useWords(words);
  return (
    <div className="hf-float absolute bottom-3 left-3 z-30" style={open ? { left: 212 } : {}}>
      <IconButton
        icon={PanelLeftOpen}
        label={t(open ? "hidePalette" : "showPalette")}
        pressed={open}
        onClick={() => onOpen(!open)}
      />
    </div>
  );
}

/** On a phone the panel is a sheet, which also opens when a field in it is asked for. */
function useSheet({ asked }: GoTo): readonly ["node" | "flow" | undefined, (sheet: "node" | undefined) => void] {
  const [sheet, setSheet] = useState<"node" | "flow">();
  useEffect(() => {
    if (asked !== undefined) setSheet(asked.pointer.startsWith("/nodes/") ? "node" : "flow");
  }, [asked]);
  return [sheet, setSheet];
}

/** From the palette: after the selected card, else at the end of the spine. */
function add(state: EditingState, entry: string): void {
  const from = state.editing.addAfter(state.selection.nodes);
  const port = state.editing.portMeant(from);
  focusOn(state, state.editing.add(entry, port === undefined ? {} : { after: { from, port } }));
}
