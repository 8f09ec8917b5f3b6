import type { Json } from "@holdfast/dsl";
import type { JSX } from "react";
import { Select } from "../ui/select.tsx";
import { useWords } from "../words/use-words.tsx";
import type { ParamFieldProps } from "./host.ts";
import { choiceText, placeOf } from "./param-text.ts";
import { SwitchField } from "./plain-field.tsx";
import { scalarText } from "./scalar-text.ts";
import { useParam, useSwitch } from "./use-param.ts";
import { words } from "./words.ts";

/** What stands for nothing in a list of texts. */
const NONE = "\u0000";

export function SelectWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const t = useWords(words);
  const [asExpression, setAsExpression] = useSwitch(param.value);
  const { host, value, set, label, required } = param;
  const values: readonly Json[] = Array.isArray(props.schema["enum"]) ? props.schema["enum"] : [];
  const fallback = props.schema["default"];
  const place = host.type + placeOf(props.pointer.slice(host.base.length));
  const name = (one: Json): string => choiceText(place, props.schema, one, t.language);
  const options = values.map((one) => ({
    value: scalarText(one),
    label: one === fallback ? t("default", { value: name(one) }) : name(one),
  }));
  const shown = value ?? fallback;
  return (
    <SwitchField {...props} param={param} asExpression={asExpression} onSwitch={setAsExpression}>
      <Select
        label={label}
        value={shown === undefined ? null : scalarText(shown)}
        options={required || fallback !== undefined ? options : [{ value: NONE, label: t("notSet") }, ...options]}
        invalid={param.error !== undefined}
        onChange={(next) => {
          const found = values.find((one) => scalarText(one) === next);
          set(found === fallback ? undefined : found);
        }}
      />
    </SwitchField>
  );
}
