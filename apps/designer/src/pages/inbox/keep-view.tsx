import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Plus } from "lucide-react";
import { useState, type JSX } from "react";
import { useMay } from "../../app/session.ts";
import { useTRPC } from "../../rpc/client.ts";
import type { Outputs } from "../../rpc/outputs.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Popover } from "../../ui/popover.tsx";
import { explain } from "../../ui/problem.ts";
import { TextInput } from "../../ui/text-input.tsx";
import { done } from "../../ui/toast.ts";
import { Toggle } from "../../ui/toggle.tsx";
import { useWords } from "../../words/use-words.tsx";
import { type InboxSearch, savedText, without } from "./search.ts";
import { words } from "./words.ts";

type SavedView = Outputs["inboxViews"]["list"][number];

export interface KeepViewProps {
  /** The one that is looked at. */
  readonly saved: SavedView | undefined;
  /** Its filters are others now. */
  readonly changed: boolean;
  readonly search: InboxSearch;
  readonly onSearch: (search: InboxSearch) => void;
}

/** Keeps the filters under a name; renames, shares and removes what was kept. */
export function KeepView(props: KeepViewProps): JSX.Element {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  const { saved } = props;
  const label = t(saved === undefined ? "keepView" : "changeView");
  return (
    <span className="grid place-items-center px-2">
      <Popover
        align="end"
        open={open}
        onOpenChange={setOpen}
        title={label}
        trigger={<IconButton icon={saved === undefined ? Plus : Bookmark} label={label} size="sm" />}
      >
        <ViewForm key={saved?.id} {...props} onDone={() => setOpen(false)} />
      </Popover>
    </span>
  );
}

function ViewForm({
  saved,
  changed,
  search,
  onSearch,
  onDone,
}: KeepViewProps & { readonly onDone: () => void }): JSX.Element {
  const t = useWords(words);
  const mayChange = useMay("inboxView.change") || saved === undefined || saved.own;
  const [name, setName] = useState(saved?.name ?? "");
  const [shared, setShared] = useState(saved?.shared ?? false);
  const { save, remove } = useViews(search, onSearch, onDone);
  const send = (id: string | undefined): void =>
    save.mutate({ ...(id === undefined ? {} : { id }), name: name.trim(), query: savedText(search), shared });
  const problem = save.error ?? remove.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") send(mayChange ? saved?.id : undefined);
      }}
    >
      {saved !== undefined && !saved.own && (
        <p className="mb-2 text-12 text-text-2">{t("viewOf", { name: saved.owner })}</p>
      )}
      <Field label={t("viewName")} error={problem === null ? undefined : explain(problem).what}>
        <TextInput value={name} onChange={setName} maxLength={80} placeholder={t("viewExample")} />
      </Field>
      <Toggle className="mt-3" checked={shared} onChange={setShared} label={t("shareView")} />
      {changed && <p className="mt-2 text-12 text-text-2">{t("viewChanged")}</p>}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={name.trim() === "" || save.isPending}>
          {t(saved === undefined || !mayChange ? "saveView" : "saveChanges")}
        </Button>
        {saved !== undefined && mayChange && (
          <>
            <Button disabled={name.trim() === "" || name.trim() === saved.name} onClick={() => send(undefined)}>
              {t("saveAsNew")}
            </Button>
            <Button variant="danger" disabled={remove.isPending} onClick={() => remove.mutate({ id: saved.id })}>
              {t("removeView")}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}

function useViews(search: InboxSearch, onSearch: (search: InboxSearch) => void, onDone: () => void) {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const again = (): Promise<void> => client.invalidateQueries(trpc.inboxViews.pathFilter());
  const save = useMutation(
    trpc.inboxViews.save.mutationOptions({
      onSuccess: async ({ id }, { name }) => {
        await again();
        onSearch({ ...search, saved: id });
        done(t("viewSaved", { name }));
        onDone();
      },
    }),
  );
  const remove = useMutation(
    trpc.inboxViews.remove.mutationOptions({
      onSuccess: async () => {
        await again();
        onSearch(without(search, "saved"));
        onDone();
      },
    }),
  );
  return { save, remove };
}
