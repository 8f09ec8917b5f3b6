import { useId, useMemo, useState, type JSX } from "react";
import { ExpressionField } from "../expression-field/expression-field.tsx";
import type { ExpressionFieldProps } from "../expression-field/expression-field.tsx";
import { checkField, joinIssues } from "../expression-field/field-check.ts";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import { LiveLine } from "../expression-field/live-line.tsx";
import { liveValue } from "../expression-field/live-value.ts";
import { outputsTree } from "../expression-field/outputs-tree.ts";
import { Segmented } from "../ui/segmented.tsx";
import { useWords } from "../words/use-words.tsx";
import { ConditionGroup } from "./condition-group.tsx";
import { PastLine } from "./past-line.tsx";
import { readRows } from "./read-rows.ts";
import type { Rows } from "./rows.ts";
import { words } from "./words.ts";
import { writeRows } from "./write-rows.ts";

export type ConditionFieldProps = Omit<ExpressionFieldProps, "mode" | "escape" | "hint" | "multiline" | "placeholder">;

/** A condition as rows, or as CEL where somebody wants that or rows can't show it. */
export function ConditionField(props: ConditionFieldProps): JSX.Element {
  const { value, onChange, label, help } = props;
  const t = useWords(words);
  const id = useId();
  const [wanted, setWanted] = useState<"rows" | "cel">("rows");
  /** Rows that are not filled in yet stand in no text. */
  const [draft, setDraft] = useState<{ readonly text: string; readonly rows: Rows }>();
  const read = useMemo(() => readRows(value), [value]);
  const rows = draft?.text === value ? draft.rows : read;
  const shown = rows === undefined ? "cel" : wanted;
  return (
    <div role="group" aria-labelledby={id} className="flex min-w-0 flex-col [&+&]:mt-3">
      <div className="mb-2 flex min-h-6 items-center gap-2">
        <span id={id} className="min-w-0 flex-1 text-12 font-medium text-text-2">
          {label}
        </span>
        <Segmented
          label={t("how")}
          value={shown}
          options={[
            { value: "rows", label: t("rows") },
            { value: "cel", label: t("cel") },
          ]}
          onChange={setWanted}
        />
      </div>
      {shown === "rows" && rows !== undefined ? (
        <RowsEditor
          {...props}
          rows={rows}
          onRows={(next) => {
            const text = writeRows(next);
            setDraft({ text, rows: next });
            if (text !== value) onChange(text);
          }}
        />
      ) : (
        <ExpressionField {...props} mode="condition" bare help={undefined} />
      )}
      <PastLine source={value} />
      {rows === undefined && wanted === "rows" && <p className="mt-[5px] text-12 text-text-3">{t("onlyCel")}</p>}
      {help !== undefined && <p className="mt-[5px] text-12 text-text-3">{help}</p>}
    </div>
  );
}

interface RowsEditorProps extends ConditionFieldProps {
  readonly rows: Rows;
  readonly onRows: (rows: Rows) => void;
}

function RowsEditor({ rows, onRows, value, env, nodeName, sample, issues: given = [] }: RowsEditorProps): JSX.Element {
  const items = useMemo(() => outputsTree(env, nodeName, sample?.roots), [env, nodeName, sample]);
  const issues = useMemo(() => joinIssues(checkField("condition", value, env), given), [value, env, given]);
  const wrong = issues.some(({ severity }) => severity === "error");
  const live = wrong || sample === undefined ? undefined : liveValue("condition", value, sample.roots);
  return (
    <>
      <ConditionGroup group={rows} onChange={onRows} env={env} items={items} />
      <IssueLines issues={issues} />
      {live !== undefined && sample !== undefined && <LiveLine mode="condition" live={live} sample={sample.name} />}
    </>
  );
}
