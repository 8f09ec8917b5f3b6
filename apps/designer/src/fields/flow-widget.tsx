import type { JSX } from "react";
import { Combobox } from "../ui/combobox.tsx";
import { useWords } from "../words/use-words.tsx";
import type { ParamFieldProps } from "./host.ts";
import { PlainField } from "./plain-field.tsx";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

/** One of the flows there are; another may be named that will come later. */
export function FlowWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const t = useWords(words);
  const { host, value, set, label } = param;
  return (
    <PlainField param={param} bare={props.bare}>
      <Combobox<string>
        label={label}
        value={typeof value === "string" && value !== "" ? value : null}
        options={host.flows.map(({ id, name }) => ({ value: id, label: name, detail: id }))}
        placeholder={t("chooseFlow")}
        allowCustom
        invalid={param.error !== undefined}
        onChange={set}
      />
    </PlainField>
  );
}
