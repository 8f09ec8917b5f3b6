/**
 * A flow, drawn. All pages share it: the designer edits on it, the test bench, a run and the versions show their states
 * on it through `cards` and `edges`. The document is given and never owned here.
 */
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  type Connection,
  type FinalConnectionState,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { START, type FlowDocument, type NodeManifest } from "@holdfast/dsl";
import type { JSX, ReactNode } from "react";
import type { Point } from "../layout/card.ts";
import { CanvasContext } from "./canvas-context.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import { Card } from "./card.tsx";
import type { CanvasEdge, CardView, EdgeView } from "./card-view.ts";
import { ConnectionLine } from "./connection-line.tsx";
import { EdgeLines } from "./edge-lines.tsx";
import { EdgeNames } from "./edge-names.tsx";
import type { INTO } from "./walk.ts";
import { LoopCard } from "./loop-card.tsx";
import { NoteCard } from "./note-card.tsx";
import { useCanvas } from "./use-canvas.ts";
import { Wire } from "./wire.tsx";
import "./canvas.css";

export interface CanvasSelection {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** Where something is put in. The way into a loop's body is a port of the loop, {@link INTO}. */
export type InsertPlace =
  | { readonly after: { readonly from: string; readonly port: string } }
  | { readonly onEdge: string }
  | {
      /** The corner of the new card; in a body, from the corner of its loop. */
      readonly at: Point;
      readonly into?: string;
      readonly after?: { readonly from: string; readonly port: string };
    };

/** What may be changed. Ends are named as cards and their ports. Each call is one gesture and becomes one entry of the history. */
export interface CanvasActions {
  /** New corners, in the coordinates of the layout. Notes come as `note:id`. */
  move(positions: Readonly<Record<string, Point>>): void;
  connect(edge: { readonly from: string; readonly port: string; readonly to: string }): void;
  /** One end of an edge is moved; without `to` it was dropped on nothing. */
  reconnect(edge: string, next: { readonly from: string; readonly port: string; readonly to: string }): void;
  disconnect(edges: readonly string[]): void;
  /** Asks what to put in. `screen` is where the question stands. */
  insert(place: InsertPlace, screen: Point): void;
  /** Something from the palette was dropped. */
  drop(entry: string, place: InsertPlace): void;
  rename(id: string, name: string): void;
  editNote(id: string, text: string): void;
}

export interface FlowCanvasProps {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  /** `edit` needs `actions`. */
  readonly mode?: "edit" | "view";
  readonly actions?: CanvasActions;
  /** A draft has the graticule and a dashed line on top, a frozen version a plain ground. By default as the mode. */
  readonly ground?: "draft" | "frozen";
  /** What stands on a card besides what the document says. Keep the function stable: it is asked for every card. */
  readonly cards?: (id: string) => CardView | undefined;
  readonly edges?: (edge: CanvasEdge) => EdgeView | undefined;
  readonly selection?: CanvasSelection;
  readonly onSelect?: (selection: CanvasSelection) => void;
  /** Enter or a double click on a card. */
  readonly onOpen?: (id: string) => void;
  /** Brings a card into the picture and gives it the focus; a new object asks again. */
  readonly focus?: { readonly id: string };
  readonly onFocus?: (id: string) => void;
  /** Whose name is being written; see `onRenameEnd`. */
  readonly renaming?: string | undefined;
  readonly onRenameEnd?: () => void;
  readonly minimap?: boolean;
  /** Which corner the zoom controls are in. */
  readonly controls?: "left" | "right" | "none";
  /** Beside the zoom controls: the way to the outline. */
  readonly onOutline?: () => void;
  readonly children?: ReactNode;
  readonly className?: string;
}

const NODE_TYPES = { card: Card, loop: LoopCard, note: NoteCard };
const EDGE_TYPES = { wire: Wire };
const MULTI = ["Shift", "Meta", "Control"];
const ZOOM_KEYS = ["Meta", "Control"];
const NO_ATTRIBUTION = { hideAttribution: true };

export function FlowCanvas(props: FlowCanvasProps): JSX.Element {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas(props: FlowCanvasProps): JSX.Element {
  const { flow, mode = "view", ground = mode === "edit" ? "draft" : "frozen", children } = props;
  const canvas = useCanvas(props);
  const editing = mode === "edit";
  return (
    <CanvasContext value={canvas.requests}>
      <div
        ref={canvas.root}
        className={props.className === undefined ? "hf-canvas" : `hf-canvas ${props.className}`}
        data-mode={mode}
        data-ground={ground}
        data-zoom={canvas.zoomLevel}
        data-many={canvas.nodes.length > 300 ? "" : undefined}
        data-connecting={canvas.connecting ? "" : undefined}
        role="application"
        aria-label={canvas.label}
        aria-roledescription={canvas.roleDescription}
        onKeyDown={canvas.onKeyDown}
        onDragOver={editing ? canvas.onDragOver : undefined}
        onDragLeave={editing ? canvas.onDragLeave : undefined}
        onDrop={editing ? canvas.onDrop : undefined}
      >
        <ReactFlow
          id={flow.id}
          nodes={canvas.nodes}
          edges={canvas.wires}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={canvas.onNodesChange}
          onEdgesChange={canvas.onEdgesChange}
          onNodeDoubleClick={(_, node) => props.onOpen?.(node.id)}
          onConnect={(connection: Connection) => canvas.onConnect(connection)}
          onConnectStart={canvas.onConnectStart}
          onConnectEnd={(event: MouseEvent | TouchEvent, state: FinalConnectionState) =>
            canvas.onConnectEnd(event, state)
          }
          {...(editing && { onReconnect: canvas.onReconnect, onReconnectEnd: canvas.onReconnectEnd })}
          isValidConnection={canvas.isValidConnection}
          connectionLineComponent={ConnectionLine}
          connectionRadius={28}
          connectionDragThreshold={4}
          connectOnClick={false}
          nodesDraggable={editing}
          nodesConnectable={editing}
          nodesFocusable={false}
          edgesFocusable={false}
          edgesReconnectable={editing}
          elementsSelectable
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode={MULTI}
          selectionMode={SelectionMode.Partial}
          zoomActivationKeyCode={ZOOM_KEYS}
          panOnScroll
          zoomOnDoubleClick={false}
          nodeDragThreshold={4}
          elevateNodesOnSelect={false}
          minZoom={0.15}
          maxZoom={2}
          onlyRenderVisibleElements={canvas.nodes.length > 60}
          onInit={canvas.onInit}
          proOptions={NO_ATTRIBUTION}
        >
          {ground === "draft" && <Background variant={BackgroundVariant.Cross} gap={48} size={6} lineWidth={1} />}
          <EdgeLines groups={canvas.groups} />
          <EdgeNames names={canvas.names} />
        </ReactFlow>
        {props.controls !== "none" && (
          <CanvasControls
            side={props.controls ?? "left"}
            minimap={props.minimap ?? false}
            onOutline={props.onOutline}
          />
        )}
        {children}
      </div>
    </CanvasContext>
  );
}

/** The card of the trigger. */
export const TRIGGER_CARD = START;
