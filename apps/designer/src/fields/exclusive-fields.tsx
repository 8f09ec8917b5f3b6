import { useState, type JSX } from "react";
import { Segmented } from "../ui/segmented.tsx";
import { useWords } from "../words/use-words.tsx";
import { startValue, widgetOf, type FieldSpec } from "./form-model.ts";
import { useHost } from "./host.ts";
import { paramText } from "./param-text.ts";
import { words } from "./words.ts";

/** Of several fields one is filled in. Their pointers are whole, into the document. */
export function ExclusiveFields({ fields }: { readonly fields: readonly FieldSpec[] }): JSX.Element | null {
  const host = useHost();
  const t = useWords(words);
  const filled = fields.find(({ pointer }) => host.value(pointer) !== undefined);
  const [chosen, setChosen] = useState<string>();
  const shown = filled ?? fields.find(({ name }) => name === chosen) ?? fields[0];
  if (shown === undefined) return null;
  const isObject = widgetOf(shown.schema) === "object" || widgetOf(shown.schema) === "call";
  return (
    <>
      <Segmented
        label={t("how")}
        value={shown.name}
        className="mb-3 self-start"
        options={fields.map(({ name, pointer, schema }) => ({
          value: name,
          label: paramText(host.type, pointer.slice(host.base.length), schema, t.language).label,
        }))}
        onChange={(next) => {
          setChosen(next);
          const field = fields.find(({ name }) => name === next);
          if (filled !== undefined && filled.name !== next) host.set(filled.pointer, undefined);
          // An object is there from the moment that it is chosen; a plain value when something is typed.
          if (field !== undefined && isObject) host.set(field.pointer, startValue(field.schema));
        }}
      />
      <host.Field {...shown} required bare={isObject} />
    </>
  );
}
