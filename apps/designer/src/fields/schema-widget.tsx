import { isJsonObject } from "@holdfast/dsl";
import type { JSX } from "react";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import type { ParamFieldProps } from "./host.ts";
import { SchemaEditor } from "./schema-editor.tsx";
import { useParam } from "./use-param.ts";

/** A JSON Schema: the fields of an answer, of a response, of an output. */
export function SchemaWidget(props: ParamFieldProps): JSX.Element {
  const { value, set, label, help, issues } = useParam(props);
  return (
    <SchemaEditor
      label={label}
      help={help}
      error={<IssueLines issues={issues} />}
      value={isJsonObject(value) ? value : undefined}
      onChange={set}
    />
  );
}
