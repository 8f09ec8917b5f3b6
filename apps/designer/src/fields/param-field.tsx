import type { ComponentType, JSX } from "react";
import { AssigneesWidget } from "./assignees-widget.tsx";
import { ChoiceWidget } from "./choice-widget.tsx";
import { ColumnsWidget } from "./columns-widget.tsx";
import { ConditionWidget } from "./condition-widget.tsx";
import { DurationWidget } from "./duration-widget.tsx";
import { FlowWidget } from "./flow-widget.tsx";
import { widgetOf } from "./form-model.ts";
import type { Widget } from "./form-model.ts";
import { FormWidget } from "./form-widget.tsx";
import type { ParamFieldProps } from "./host.ts";
import { JsonWidget } from "./json-widget.tsx";
import { ListWidget } from "./list-widget.tsx";
import { LiteralWidget } from "./literal-widget.tsx";
import { NumberWidget } from "./number-widget.tsx";
import { ObjectWidget } from "./object-widget.tsx";
import { RecordWidget } from "./record-widget.tsx";
import { RowsWidget } from "./rows-widget.tsx";
import { SchemaWidget } from "./schema-widget.tsx";
import { SelectWidget } from "./select-widget.tsx";
import { SpanWidget } from "./span-widget.tsx";
import { TextWidget } from "./text-widget.tsx";
import { ToggleWidget } from "./toggle-widget.tsx";

function Nothing(): null {
  return null;
}

const WIDGETS: Readonly<Record<Widget, ComponentType<ParamFieldProps>>> = {
  hidden: Nothing,
  text: TextWidget,
  long: TextWidget,
  html: TextWidget,
  literal: LiteralWidget,
  condition: ConditionWidget,
  duration: DurationWidget,
  span: SpanWidget,
  flow: FlowWidget,
  schema: SchemaWidget,
  form: FormWidget,
  assignees: AssigneesWidget,
  columns: ColumnsWidget,
  values: RecordWidget,
  select: SelectWidget,
  number: NumberWidget,
  toggle: ToggleWidget,
  list: ListWidget,
  rows: RowsWidget,
  record: RecordWidget,
  object: ObjectWidget,
  choice: ChoiceWidget,
  json: JsonWidget,
};

/** The control of a param, by its schema. */
export function ParamField(props: ParamFieldProps): JSX.Element {
  const Widget = WIDGETS[widgetOf(props.schema)];
  return (
    <div className="contents" data-field={props.pointer}>
      <Widget {...props} />
    </div>
  );
}
