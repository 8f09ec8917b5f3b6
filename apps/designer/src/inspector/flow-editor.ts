/** What the inspector needs of the edited flow. */
import type { FlowDocument, Issue, JsonObject, NodeManifest } from "@holdfast/dsl";
import type { UnreadTexts } from "../fields/json-input.tsx";

export interface NodesToMigrate {
  readonly type: string;
  readonly from: number;
  /** By where they stand in the document. */
  readonly params: Readonly<Record<string, JsonObject>>;
}

export interface MigratedNodes {
  readonly version: number;
  readonly params: Readonly<Record<string, JsonObject>>;
}

export interface FlowEditor {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly issues: readonly Issue[];
  /** One change; those with the same `coalesce` that follow each other are one entry of the history. */
  readonly run: (label: string, command: (flow: FlowDocument) => FlowDocument, coalesce?: string) => void;
  readonly select: (ids: readonly string[]) => void;
  /** Copies nodes beside themselves, and goes to the first copy. */
  readonly duplicate: (ids: readonly string[]) => void;
  /** Deletes nodes; where that breaks something, asks first. */
  readonly remove: (ids: readonly string[]) => void;
  readonly unread?: UnreadTexts | undefined;
  /** Params of an older version of a node type as the newest takes them. Absent: nothing can be changed here. */
  readonly migrate?: ((nodes: NodesToMigrate) => Promise<MigratedNodes>) | undefined;
}
