/** What the inspector needs of the edited flow. */
import type { FlowDocument, Issue, NodeManifest } from "@holdfast/dsl";

export interface FlowEditor {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly issues: readonly Issue[];
  /** One change; those with the same `coalesce` that follow each other are one entry of the history. */
  readonly run: (label: string, command: (flow: FlowDocument) => FlowDocument, coalesce?: string) => void;
  readonly select: (ids: readonly string[]) => void;
}
