import type { JSX } from "react";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import { Toggle } from "../ui/toggle.tsx";
import type { ParamFieldProps } from "./host.ts";
import { SwitchField } from "./plain-field.tsx";
import { useParam, useSwitch } from "./use-param.ts";

export function ToggleWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const [asExpression, setAsExpression] = useSwitch(param.value);
  const { value, set, label, help, issues, open } = param;
  const fallback = props.schema["default"] === true;
  const toggle = (
    <Toggle
      checked={typeof value === "boolean" ? value : fallback}
      onChange={(next) => set(next === fallback && !param.required ? undefined : next)}
      {...(props.bare === true ? { name: label } : { label })}
    />
  );
  if (open && (asExpression || props.bare === true)) {
    return (
      <SwitchField {...props} param={param} asExpression={asExpression} onSwitch={setAsExpression}>
        {toggle}
      </SwitchField>
    );
  }
  return (
    <div className="not-first:mt-3">
      {toggle}
      <IssueLines issues={issues} />
      {help !== undefined && <p className="mt-0.5 pl-[38px] text-12 text-text-3">{help}</p>}
    </div>
  );
}
