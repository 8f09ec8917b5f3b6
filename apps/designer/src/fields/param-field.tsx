import type { ComponentType, JSX } from "react";
import { ConditionWidget } from "./condition-widget.tsx";
import { DurationWidget } from "./duration-widget.tsx";
import { FlowWidget } from "./flow-widget.tsx";
import { widgetOf } from "./form-model.ts";
import type { Widget } from "./form-model.ts";
import type { ParamFieldProps } from "./host.ts";
import { JsonWidget } from "./json-widget.tsx";
import { LiteralWidget } from "./literal-widget.tsx";
import { NodeTypeWidget } from "./node-type-widget.tsx";
import { NumberWidget } from "./number-widget.tsx";
import { SelectWidget } from "./select-widget.tsx";
import { SpanWidget } from "./span-widget.tsx";
import { STRUCTURED_WIDGETS } from "./structured-widgets.ts";
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
  nodeType: NodeTypeWidget,
  select: SelectWidget,
  number: NumberWidget,
  toggle: ToggleWidget,
  json: JsonWidget,
  ...STRUCTURED_WIDGETS,
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
