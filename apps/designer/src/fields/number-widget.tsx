import type { JSX } from "react";
import { NumberInput } from "../ui/number-input.tsx";
import { useWords } from "../words/use-words.tsx";
import type { ParamFieldProps } from "./host.ts";
import { SwitchField } from "./plain-field.tsx";
import { useParam, useSwitch } from "./use-param.ts";
import { words } from "./words.ts";

export function NumberWidget(props: ParamFieldProps): JSX.Element {
  const { schema } = props;
  const param = useParam(props);
  const t = useWords(words);
  const [asExpression, setAsExpression] = useSwitch(param.value);
  const { minimum, maximum, type } = schema;
  const fallback = schema["default"];
  const help = typeof fallback === "number" ? t("defaultOf", { value: fallback }) : undefined;
  return (
    <SwitchField
      {...props}
      param={param}
      asExpression={asExpression}
      onSwitch={setAsExpression}
      help={[param.help, help].filter((part) => part !== undefined).join(" ") || undefined}
    >
      <NumberInput
        label={param.label}
        value={typeof param.value === "number" ? param.value : null}
        onChange={(next) => param.set(next ?? undefined)}
        // What zod calls an integer is bounded by what is exact; nobody means these bounds.
        min={typeof minimum === "number" && minimum > -1e15 ? minimum : undefined}
        max={typeof maximum === "number" && maximum < 1e15 ? maximum : undefined}
        format={{ maximumFractionDigits: type === "integer" ? 0 : 10 }}
        invalid={param.error !== undefined}
      />
    </SwitchField>
  );
}
