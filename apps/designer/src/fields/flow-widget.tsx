import type { JSX } from "react";
import { useWords } from "../words/use-words.tsx";
import { ComboboxField } from "./combobox-field.tsx";
import type { ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

/** One of the flows there are, known by their names; another may be named that will come later. */
export function FlowWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const t = useWords(words);
  const options = param.host.flows.map(({ id, name }) => ({ value: id, label: name, detail: id }));
  return (
    <ComboboxField param={param} bare={props.bare} options={options} placeholder={t("chooseFlow")} allowCustom="last" />
  );
}
