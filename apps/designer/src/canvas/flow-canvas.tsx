/**
 * A flow, drawn. All pages share it: the designer edits on it, the test bench, a run and the versions show their states
 * on it through `cards` and `edges`. The document is given and never owned here.
 */
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, SelectionMode } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import type { JSX } from "react";
import { CanvasContext } from "./canvas-context.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import { Card } from "./card.tsx";
import type { FlowCanvasProps } from "./canvas-props.ts";
import { ConnectionLine } from "./connection-line.tsx";
import { EdgeLines } from "./edge-lines.tsx";
import { EdgeNames } from "./edge-names.tsx";
import { LoopCard } from "./loop-card.tsx";
import { NoteCard } from "./note-card.tsx";
import { Overview } from "./overview.tsx";
import { useCanvas, type CanvasModel } from "./use-canvas.ts";
import { Wire } from "./wire.tsx";
import "./canvas.css";

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

type EditingHandlers = Pick<CanvasModel, "onContextMenu" | "onDragOver" | "onDragLeave" | "onDrop">;

function editingHandlers({ onContextMenu, onDragOver, onDragLeave, onDrop }: CanvasModel): EditingHandlers {
  return { onContextMenu, onDragOver, onDragLeave, onDrop };
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
        {...(editing && editingHandlers(canvas))}
      >
        <ReactFlow
          id={flow.id}
          nodes={canvas.nodes}
          edges={canvas.wires}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={canvas.onNodesChange}
          onEdgesChange={canvas.onEdgesChange}
          onNodeDragStart={canvas.onNodeDragStart}
          onNodeDragStop={canvas.onNodeDragStop}
          onNodeDoubleClick={canvas.onNodeDoubleClick}
          onConnect={canvas.onConnect}
          onConnectStart={canvas.onConnectStart}
          onConnectEnd={canvas.onConnectEnd}
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
          <CanvasControls side={props.controls ?? "left"} onOutline={props.onOutline}>
            {props.minimap === true && <Overview scene={canvas.scene} moved={canvas.corners} />}
          </CanvasControls>
        )}
        {children}
      </div>
    </CanvasContext>
  );
}
