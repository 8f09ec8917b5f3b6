/** The controls of values that hold other values, or that are chosen with what else is known of them. */
import type { ComponentType } from "react";
import { AssigneesWidget } from "./assignees-widget.tsx";
import { CallWidget } from "./call-widget.tsx";
import { ChoiceWidget } from "./choice-widget.tsx";
import { ColumnsWidget } from "./columns-widget.tsx";
import { CredentialWidget } from "./credential-widget.tsx";
import { FormWidget } from "./form-widget.tsx";
import type { ParamFieldProps } from "./host.ts";
import { ListWidget } from "./list-widget.tsx";
import { ObjectWidget } from "./object-widget.tsx";
import { RecordWidget } from "./record-widget.tsx";
import { RowsWidget } from "./rows-widget.tsx";
import { SchemaWidget } from "./schema-widget.tsx";

export const STRUCTURED_WIDGETS = {
  schema: SchemaWidget,
  form: FormWidget,
  assignees: AssigneesWidget,
  columns: ColumnsWidget,
  values: RecordWidget,
  list: ListWidget,
  rows: RowsWidget,
  record: RecordWidget,
  object: ObjectWidget,
  choice: ChoiceWidget,
  call: CallWidget,
  credential: CredentialWidget,
} satisfies Readonly<Record<string, ComponentType<ParamFieldProps>>>;
