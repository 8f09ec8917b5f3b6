import type { JSX } from "react";
import { ExpressionField } from "../expression-field/expression-field.tsx";
import type { ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";
import { widgetOf } from "./form-model.ts";

/** Text with values in it. */
export function TextWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, set, label, help, issues, env, required } = useParam(props);
  const widget = widgetOf(props.schema);
  const text = typeof value === "string" ? value : "";
  return (
    <ExpressionField
      mode="template"
      value={text}
      onChange={(next) => set(next === "" && !required ? undefined : next)}
      label={label}
      bare={props.bare}
      help={props.bare === true ? undefined : help}
      required={required}
      multiline={widget === "long" || widget === "html"}
      env={env}
      nodeName={host.nodeName}
      sample={host.sample}
      issues={issues}
      escape={widget === "html" ? "html" : "none"}
    />
  );
}
