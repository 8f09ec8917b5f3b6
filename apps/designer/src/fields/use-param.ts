import type { Json, TypeEnv } from "@holdfast/dsl";
import { isTemplate } from "@holdfast/dsl";
import { useState } from "react";
import type { FieldIssue } from "../expression-field/quick-fix.ts";
import { issueText, issueWords } from "../problems/issue-words.ts";
import { useWords } from "../words/use-words.tsx";
import { useHost } from "./host.ts";
import type { FieldsHost, ParamFieldProps } from "./host.ts";
import { paramText } from "./param-text.ts";

export interface Param {
  readonly host: FieldsHost;
  readonly value: Json | undefined;
  readonly set: (value: Json | undefined) => void;
  readonly label: string;
  readonly help: string | undefined;
  readonly issues: readonly FieldIssue[];
  /** What is wrong, as one text. */
  readonly error: string | undefined;
  readonly env: TypeEnv;
  readonly required: boolean;
  /** Whether what stands here may be an expression. */
  readonly open: boolean;
}

/** Everything that a widget needs of its place. */
export function useParam({ pointer, schema, label, required = false }: ParamFieldProps): Param {
  const host = useHost();
  const say = useWords(issueWords);
  const text = paramText(host.type, pointer.slice(host.base.length), schema, say.language);
  const issues = host.issuesAt(pointer);
  const wrong = issues.filter(({ severity }) => severity === "error");
  return {
    host,
    value: host.value(pointer),
    set: (value) => host.set(pointer, value),
    label: label ?? text.label,
    help: text.help,
    issues,
    error: wrong.length === 0 ? undefined : wrong.map((issue) => issueText(issue, say, "field")).join(" "),
    env: host.envAt(pointer),
    required,
    open: schema["x-literal"] !== true,
  };
}

/** A typed value may be given way to an expression, and back. */
export function useSwitch(value: Json | undefined): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(false);
  const templated = typeof value === "string" && isTemplate(value);
  return [on || templated, setOn];
}
