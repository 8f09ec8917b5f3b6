import { useQuery } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useSession } from "../../app/session.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useWords } from "../../words/use-words.tsx";
import { readable } from "../../values/readable.ts";
import type { InboxTask } from "./groups.ts";
import {
  type ColumnTest,
  DUES,
  type InboxSearch,
  PRIORITIES,
  readColumn,
  TESTS,
  without,
  writeColumn,
} from "./search.ts";
import { words } from "./words.ts";

export interface FilterFormProps {
  readonly search: InboxSearch;
  readonly tasks: readonly InboxTask[];
  readonly onSearch: (search: InboxSearch) => void;
}

const ANY = "";

/** Every filter holds at once, and stands in the address. */
export function FilterForm({ search, tasks, onSearch }: FilterFormProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const me = useSession().person.id;
  const flows = useQuery(trpc.flows.list.queryOptions());
  const people = useQuery(trpc.people.list.queryOptions());
  const any = { value: ANY, label: t("any") };
  const put = (name: "flow" | "priority" | "due" | "assignee", value: string): void =>
    onSearch(value === ANY ? without(search, name) : { ...search, [name]: value });
  return (
    <div className="flex flex-col">
      <Field label={t("flow")}>
        <Select
          label={t("flow")}
          value={search.flow ?? ANY}
          options={[any, ...(flows.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(value) => put("flow", value)}
        />
      </Field>
      <Field label={t("priority")}>
        <Select
          label={t("priority")}
          value={search.priority ?? ANY}
          options={[any, ...PRIORITIES.map((each) => ({ value: each, label: t(each) }))]}
          onChange={(value) => put("priority", value)}
        />
      </Field>
      <Field label={t("due")}>
        <Select
          label={t("due")}
          value={search.due ?? ANY}
          options={[any, ...DUES.map((each) => ({ value: each, label: t(`due_${each}`) }))]}
          onChange={(value) => put("due", value)}
        />
      </Field>
      <Field label={t("assignee")}>
        <Select
          label={t("assignee")}
          value={search.assignee ?? ANY}
          options={[
            any,
            { value: me, label: t("me") },
            ...(people.data ?? []).filter(({ id }) => id !== me).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => put("assignee", value)}
        />
      </Field>
      <ColumnForm tasks={tasks} onAdd={(test) => onSearch({ ...search, col: [...(search.col ?? []), test] })} />
    </div>
  );
}

/** A number may be typed with a decimal comma; a text stands as it was typed. */
const typedValue = (test: ColumnTest["test"], value: string): string =>
  test === "over" || test === "under" ? value.trim().replace(",", ".") : value.trim();

/** A condition on what the business knows of a task. */
function ColumnForm({
  tasks,
  onAdd,
}: {
  readonly tasks: readonly InboxTask[];
  readonly onAdd: (condition: string) => void;
}): JSX.Element | null {
  const t = useWords(words);
  const names = [...new Set(tasks.flatMap(({ columns }) => Object.keys(columns)))];
  const [column, setColumn] = useState<string>();
  const [test, setTest] = useState<ColumnTest["test"]>("over");
  const [value, setValue] = useState("");
  const chosen = column ?? names[0];
  if (chosen === undefined) return null;
  const condition = writeColumn({ column: chosen, test, value: typedValue(test, value) });
  const fits = readColumn(condition) !== undefined;
  return (
    <form
      className="mt-3 border-t border-border pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fits) return;
        onAdd(condition);
        setValue("");
      }}
    >
      <p className="mb-[5px] text-12 font-medium text-text-2">{t("column")}</p>
      <div className="grid grid-cols-2 gap-2">
        <Select
          label={t("column")}
          value={chosen}
          options={names.map((name) => ({ value: name, label: readable(name) }))}
          onChange={setColumn}
        />
        <Select
          label={t("comparison")}
          value={test}
          options={TESTS.map((each) => ({ value: each, label: t(`test_${each}`) }))}
          onChange={setTest}
        />
        <TextInput aria-label={t("value")} placeholder={t("value")} value={value} onChange={setValue} />
        <Button type="submit" disabled={!fits}>
          {t("addFilter")}
        </Button>
      </div>
    </form>
  );
}
