import { isJsonObject, pointerParts, toPointer } from "@holdfast/dsl";
import type { Json } from "@holdfast/dsl";
import { Plus, X } from "lucide-react";
import type { JSX } from "react";
import { Button } from "../ui/button.tsx";
import { Menu } from "../ui/menu.tsx";
import { useWords } from "../words/use-words.tsx";
import { GroupFrame } from "./group-frame.tsx";
import type { ParamFieldProps } from "./host.ts";
import { fieldsIn, labelOf } from "./schema-model.ts";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

/** What a task shows in the list: of the facts and the form's fields that stand beside. */
export function ColumnsWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, set, label, help, issues } = useParam(props);
  const t = useWords(words);
  const columns = Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  const known = columnsOf(host.value(toPointer(pointerParts(props.pointer).slice(0, -1))));
  const left = known.filter(({ name }) => !columns.includes(name));
  const put = (next: readonly string[]): void => set(next.length === 0 ? undefined : [...next]);
  const add = (
    <Button size="sm" variant="ghost" icon={Plus} disabled={left.length === 0}>
      {t("column")}
    </Button>
  );
  return (
    <GroupFrame label={label} help={known.length === 0 ? t("noColumns") : help} issues={issues}>
      <div className="flex flex-wrap items-center gap-1.5">
        {columns.map((name) => (
          <span
            key={name}
            className="flex items-center gap-0.5 rounded-sm border border-border-strong py-0.5 pr-0.5 pl-2 text-12 font-medium"
          >
            {known.find((one) => one.name === name)?.label ?? name}
            <button
              type="button"
              aria-label={t("removeField", { name })}
              onClick={() => put(columns.filter((one) => one !== name))}
              className="grid size-5 place-items-center rounded-xs text-text-3 hover:bg-surface-hover hover:text-text pointer-coarse:size-9"
            >
              <X aria-hidden className="size-3" />
            </button>
          </span>
        ))}
        <Menu
          trigger={add}
          align="start"
          items={left.map(({ name, label: text }) => ({ label: text, onSelect: () => put([...columns, name]) }))}
        />
      </div>
    </GroupFrame>
  );
}

/** Facts first, then the fields of the form. */
function columnsOf(inbox: Json | undefined): { readonly name: string; readonly label: string }[] {
  if (!isJsonObject(inbox)) return [];
  const { context, form } = inbox;
  const facts = isJsonObject(context) ? Object.keys(context).map((name) => ({ name, label: name })) : [];
  const fields = isJsonObject(form) ? fieldsIn(form).map((field) => ({ name: field.name, label: labelOf(field) })) : [];
  return [...new Map([...facts, ...fields].map((one) => [one.name, one])).values()];
}
