import type { JSX } from "react";
import { localManifest } from "../canvas/node-words.ts";
import { Combobox } from "../ui/combobox.tsx";
import { useWords } from "../words/use-words.tsx";
import type { ParamFieldProps } from "./host.ts";
import { PlainField } from "./plain-field.tsx";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

/** One of the node types that another node can call. */
export function NodeTypeWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const t = useWords(words);
  const { host, value, set, label } = param;
  return (
    <PlainField param={param} bare={props.bare}>
      <Combobox<string>
        label={label}
        value={typeof value === "string" && value !== "" ? value : null}
        options={(host.callable ?? []).map((manifest) => ({
          value: manifest.type,
          label: localManifest(manifest, t.language).title,
          detail: manifest.type,
        }))}
        placeholder={t("chooseNode")}
        invalid={param.error !== undefined}
        onChange={set}
      />
    </PlainField>
  );
}
