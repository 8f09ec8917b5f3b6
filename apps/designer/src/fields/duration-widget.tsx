import type { JSX } from "react";
import { DurationInput } from "./duration-input.tsx";
import type { ParamFieldProps } from "./host.ts";
import { SwitchField } from "./plain-field.tsx";
import { useParam, useSwitch } from "./use-param.ts";

export function DurationWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const [asExpression, setAsExpression] = useSwitch(param.value);
  return (
    <SwitchField {...props} param={param} asExpression={asExpression} onSwitch={setAsExpression}>
      <DurationInput
        label={param.label}
        value={typeof param.value === "string" ? param.value : undefined}
        onChange={(next) => param.set(next ?? (param.required ? "" : undefined))}
        invalid={param.error !== undefined}
      />
    </SwitchField>
  );
}
