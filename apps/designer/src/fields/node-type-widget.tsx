import type { JSX } from "react";
import { localManifest } from "../canvas/node-words.ts";
import { useWords } from "../words/use-words.tsx";
import { ComboboxField } from "./combobox-field.tsx";
import type { ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

/** One of the node types that another node can call. */
export function NodeTypeWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const t = useWords(words);
  const options = (param.host.callable ?? []).map((manifest) => ({
    value: manifest.type,
    label: localManifest(manifest, t.language).title,
    detail: manifest.type,
  }));
  return <ComboboxField param={param} bare={props.bare} options={options} placeholder={t("chooseNode")} />;
}
