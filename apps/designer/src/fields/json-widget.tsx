import { isJsonObject } from "@holdfast/dsl";
import type { Json } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { ExpressionField } from "../expression-field/expression-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { useWords } from "../words/use-words.tsx";
import { GroupFrame } from "./group-frame.tsx";
import type { ParamFieldProps } from "./host.ts";
import { JsonInput } from "./json-input.tsx";
import { RecordRows } from "./record-widget.tsx";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

type Mode = "one" | "fields" | "json";

/** Any value: one value from the run, fields with values, or JSON with values in its texts. */
export function JsonWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, set, label, help, issues, env, required } = useParam(props);
  const t = useWords(words);
  const [wanted, setWanted] = useState<Mode | undefined>(() => {
    // What is no JSON yet waits where it was left.
    if (host.unread?.has(props.pointer) === true) return "json";
    // A list that holds nothing waits for one from the run.
    return isEmptyList(value) ? "one" : undefined;
  });
  const mode = modeOf(value, wanted, props.schema["type"]);
  const list = props.schema["type"] === "array";
  const actions = (
    <Segmented<Mode>
      size="sm"
      label={t("how")}
      value={mode}
      options={[
        { value: "one", label: t("oneValue") },
        ...(list ? [] : [{ value: "fields" as const, label: t("fields") }]),
        { value: "json", label: t("json") },
      ]}
      onChange={(next) => {
        setWanted(next);
        if (next === "one" && typeof value !== "string") set(required ? "" : undefined);
        if (next === "fields" && !isJsonObject(value)) set({});
        if (next === "json" && typeof value === "string") set(list ? [] : {});
      }}
    />
  );
  const inner = (
    <>
      {mode === "one" && (
        <ExpressionField
          mode="template"
          value={typeof value === "string" ? value : ""}
          onChange={(next) => set(next === "" && !required ? undefined : next)}
          label={label}
          bare
          env={env}
          nodeName={host.nodeName}
          sample={host.sample}
          issues={issues}
        />
      )}
      {mode === "fields" && <RecordRows {...props} label={label} />}
      {mode === "json" && (
        <JsonInput
          label={label}
          value={value}
          onChange={(next) => {
            // Who empties the text to write another goes on writing JSON.
            setWanted("json");
            set(next);
          }}
          unread={host.unread}
          place={props.pointer}
        />
      )}
    </>
  );
  // In a row it is one of the row's parts.
  if (props.bare === true) return <div className="min-w-0">{inner}</div>;
  return (
    <GroupFrame label={label} help={help} issues={mode === "one" ? [] : issues} actions={actions}>
      {inner}
    </GroupFrame>
  );
}

function isEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}

function modeOf(value: Json | undefined, wanted: Mode | undefined, type: Json | undefined): Mode {
  if (typeof value === "string") return "one";
  if (value === undefined) return wanted ?? "one";
  if (isEmptyList(value)) return wanted ?? "json";
  const fields = isJsonObject(value) && type !== "array";
  return fields && wanted !== "json" ? "fields" : "json";
}
