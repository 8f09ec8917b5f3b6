import type { FlowDocument } from "@holdfast/dsl";
import { useRef, type JSX, type ReactNode } from "react";
import { useFlow } from "../flow/flow-store-context.tsx";
import { Outline } from "../outline/outline.tsx";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/use-words.tsx";
import type { CardView } from "./card-view.ts";
import { CanvasMenu } from "./canvas-menu.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { edgeFocus } from "./edge-focus.ts";
import { FindMenu } from "./find-menu.tsx";
import { FlowCanvas } from "./flow-canvas.tsx";
import { InsertMenu } from "./insert-menu.tsx";
import type { Scene } from "./scene.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { useEditKeys } from "./use-edit-keys.ts";
import { useClipboard, type EditingState } from "./use-editing.ts";
import { useScene } from "./use-scene.ts";
import { words } from "./words.ts";

export interface FlowEditorProps {
  readonly state: EditingState;
  /** Badges and problems; see FlowCanvas. */
  readonly cards?: (id: string) => CardView | undefined;
  /** Enter or a double click on a card: its panel takes the focus. */
  readonly onOpen?: (id: string) => void;
  readonly view: "canvas" | "outline";
  readonly onView: (view: "canvas" | "outline") => void;
  readonly children?: ReactNode;
}

/** The flow of the store, to be changed: as a canvas or as an outline. */
export function FlowEditor(props: FlowEditorProps): JSX.Element {
  const { state, cards, view, onView } = props;
  const root = useRef<HTMLDivElement>(null);
  const flow = useFlow((store) => store.flow);
  const manifests = useFlow((store) => store.manifests);
  const scene = useScene(flow, manifests);
  useEditKeys(root, state);
  useClipboard(root, state);
  const onOpen = (id: string): void => {
    state.onSelect({ nodes: new Set([id]), edges: new Set() });
    props.onOpen?.(id);
  };
  return (
    <div ref={root} className="relative h-full min-h-0 w-full min-w-0">
      {view === "outline" ? (
        <Outline
          scene={scene}
          flow={flow}
          state={state}
          {...(cards !== undefined && { cards })}
          onOpen={onOpen}
          onCanvas={() => onView("canvas")}
        />
      ) : (
        <FlowCanvas
          flow={flow}
          manifests={manifests}
          mode="edit"
          actions={state.actions}
          {...(cards !== undefined && { cards })}
          selection={state.selection}
          onSelect={state.onSelect}
          onOpen={onOpen}
          {...(state.focus !== undefined && { focus: state.focus })}
          onFocus={(id) => {
            state.at.current = id;
          }}
          renaming={state.renaming}
          onRenameEnd={() => {
            state.setRenaming(undefined);
            state.focusCard(state.at.current);
          }}
          minimap
          controls="right"
          onOutline={() => onView("outline")}
        >
          <SelectionBar state={state} />
          {isEmpty(flow) && <EmptyHint state={state} />}
          {props.children}
        </FlowCanvas>
      )}
      <Questions state={state} scene={scene} onOpen={onOpen} />
    </div>
  );
}

const isEmpty = (flow: FlowDocument): boolean => Object.keys(flow.nodes).length === 0;

function Questions(props: { state: EditingState; scene: Scene; onOpen: (id: string) => void }): JSX.Element | null {
  const { state, scene, onOpen } = props;
  const manifests = useFlow((store) => store.manifests);
  const { question, editing } = state;
  const close = (id: string | undefined): void => {
    state.ask(undefined);
    state.focusCard(id ?? state.at.current);
  };
  if (question === undefined) return null;
  if (question.kind === "delete") return <DeleteDialog state={state} ids={question.ids} issues={question.issues} />;
  if (question.kind === "menu") return <CanvasMenu state={state} question={question} onOpen={onOpen} />;
  if (question.kind === "find") {
    return (
      <FindMenu
        at={question.screen}
        scene={scene}
        onDone={(id) => {
          if (id !== undefined) state.onSelect({ nodes: new Set([id]), edges: new Set() });
          close(id);
        }}
      />
    );
  }
  return (
    <InsertMenu
      place={question.place}
      at={question.screen}
      scene={scene}
      manifests={manifests}
      editing={editing}
      connecting={question.kind === "connect"}
      edge={question.kind === "connect" ? question.edge : undefined}
      onDone={(id) => close(id ?? (question.edge === undefined ? undefined : edgeFocus(question.edge)))}
    />
  );
}

/** What to do with an empty canvas. */
function EmptyHint({ state }: { state: EditingState }): JSX.Element {
  const t = useWords(words);
  return (
    <div className="absolute inset-x-0 bottom-24 z-10 mx-auto flex w-fit max-w-80 flex-col items-center gap-2 text-center">
      <p className="font-semibold">{t("emptyTitle")}</p>
      <p className="text-text-2">{t("emptyText")}</p>
      <Button
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          state.ask({
            kind: "insert",
            place: { after: { from: "start", port: "out" } },
            screen: { x: left, y: bottom - 300 },
          });
        }}
        kbd="+"
      >
        {t("addFirst")}
      </Button>
    </div>
  );
}
