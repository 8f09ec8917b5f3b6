import type { JSX } from "react";
import { TextInput } from "../ui/text-input.tsx";
import type { ParamFieldProps } from "./host.ts";
import { PlainField } from "./plain-field.tsx";
import { useParam } from "./use-param.ts";

/** Text that is taken as it is: names of ports, events, headers. */
export function LiteralWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const { value, set, label, required, error } = param;
  const fallback = props.schema["default"];
  return (
    <PlainField param={param} bare={props.bare}>
      <TextInput
        mono
        aria-label={label}
        required={required}
        invalid={error !== undefined}
        value={typeof value === "string" ? value : ""}
        placeholder={typeof fallback === "string" ? fallback : undefined}
        spellCheck={false}
        onChange={(next) => set(next === "" && !required ? undefined : next)}
      />
    </PlainField>
  );
}
