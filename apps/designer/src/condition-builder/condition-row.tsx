import { X } from "lucide-react";
import { useMemo, type JSX, type ReactNode } from "react";
import type { TypeEnv } from "@holdfast/dsl";
import type { OutputItem } from "../expression-field/outputs-tree.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Select } from "../ui/select.tsx";
import { cx } from "../ui/cx.ts";
import { useWords } from "../words/use-words.tsx";
import { FieldButton } from "./field-button.tsx";
import { askedPath, fieldType, operatorsFor, withField, withOperator } from "./field-kind.ts";
import { isBare } from "./rows.ts";
import type { Operator, Row } from "./rows.ts";
import { ValueInput } from "./value-input.tsx";
import { words } from "./words.ts";

export interface ConditionRowProps {
  readonly row: Row;
  readonly onChange: (row: Row) => void;
  readonly onRemove: () => void;
  readonly env: TypeEnv;
  readonly items: readonly OutputItem[];
  /** Before it: "and". */
  readonly join: ReactNode;
}

/** `field · operator · value · ×` */
export function ConditionRow({ row, onChange, onRemove, env, items, join }: ConditionRowProps): JSX.Element {
  const t = useWords(words);
  const type = useMemo(() => fieldType(row.field, env), [row.field, env]);
  const operators = operatorsFor(type, row.operator);
  const changeOperator = (operator: Operator): void => {
    const asks = operator === "isSet" || operator === "isNotSet";
    const next = withOperator(row, operator);
    onChange({ ...next, field: asks ? askedPath(row.field) : readable(row.field, items) });
  };
  return (
    <div
      className={cx(
        "grid items-center gap-1.5 @max-[280px]:grid-cols-[24px_minmax(0,1fr)_24px]",
        // What takes no value leaves its place to the field's name.
        isBare(row.operator)
          ? "grid-cols-[24px_minmax(0,2.2fr)_minmax(0,0.95fr)_24px]"
          : "grid-cols-[24px_minmax(0,1.25fr)_minmax(0,0.9fr)_minmax(0,1fr)_24px]",
      )}
    >
      <span className="text-12 text-text-2">{join}</span>
      <FieldButton
        label={t("field")}
        field={row.field}
        placeholder={t("chooseField")}
        items={items}
        onChoose={(field) => onChange(withField(row, field, env))}
      />
      <Select
        size="sm"
        className="min-h-7 @max-[280px]:col-start-2 @max-[280px]:row-start-2"
        label={t("operator")}
        value={row.operator}
        options={operators.map((operator) => ({ value: operator, label: t(operator) }))}
        onChange={changeOperator}
      />
      {!isBare(row.operator) && (
        <span className="min-w-0 @max-[280px]:col-start-2 @max-[280px]:row-start-3">
          <ValueInput
            type={type}
            operator={row.operator}
            value={row.value}
            items={items}
            onChange={(value) => {
              const { kind, field, operator } = row;
              onChange({ kind, field, operator, ...(value !== undefined && { value }) });
            }}
          />
        </span>
      )}
      <IconButton
        icon={X}
        size="sm"
        label={t("remove")}
        onClick={onRemove}
        className="@max-[280px]:col-start-3 @max-[280px]:row-start-1"
      />
    </div>
  );
}

/** The form of a field that can be read without failing, where the tree knows it. */
function readable(field: string, items: readonly OutputItem[]): string {
  const path = field.replaceAll("?", "");
  const found = find(items, path);
  return found?.expression ?? field;
}

function find(items: readonly OutputItem[], path: string): OutputItem | undefined {
  for (const item of items) {
    const own = item.path.replaceAll("?", "");
    if (own === path) return item;
    const inner = path.startsWith(`${own}.`) || own === "errors" ? find(item.children, path) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
