import type { JSX } from "react";
import { ConditionField } from "../condition-builder/condition-field.tsx";
import type { ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";

/** A condition, as rows or as CEL. */
export function ConditionWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, set, label, help, issues, env, required } = useParam(props);
  return (
    <ConditionField
      value={typeof value === "string" ? value : ""}
      onChange={(next) => set(next === "" && !required ? undefined : next)}
      label={label}
      help={help}
      required={required}
      env={env}
      nodeName={host.nodeName}
      sample={host.sample}
      issues={issues}
    />
  );
}
