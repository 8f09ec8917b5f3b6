import type { JSX } from "react";
import { TextArea } from "../ui/text-area.tsx";
import { TextInput } from "../ui/text-input.tsx";
import type { ParamFieldProps } from "./host.ts";
import { PlainField } from "./plain-field.tsx";
import { useParam } from "./use-param.ts";

/** Text that is taken as it is: names of ports, events, headers, and with `x-widget: "code"` several lines. */
export function LiteralWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const { value, set, label, required, error } = param;
  const fallback = props.schema["default"];
  const shared = {
    mono: true,
    "aria-label": label,
    required,
    invalid: error !== undefined,
    value: typeof value === "string" ? value : "",
    placeholder: typeof fallback === "string" ? fallback : undefined,
    spellCheck: false,
    onChange: (next: string) => set(next === "" && !required ? undefined : next),
  };
  return (
    <PlainField param={param} bare={props.bare}>
      {props.schema["x-widget"] === "code" ? <TextArea rows={5} {...shared} /> : <TextInput {...shared} />}
    </PlainField>
  );
}
