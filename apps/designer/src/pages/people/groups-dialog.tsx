import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AppRouter } from "@holdfast/runtime/rpc";
import type { inferRouterOutputs } from "@trpc/server";
import { Plus } from "lucide-react";
import { useState, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

type Group = inferRouterOutputs<AppRouter>["people"]["groups"][number];

/** All groups, or one of them. */
export function GroupsDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const [group, setGroup] = useState<Group>();
  return group === undefined ? (
    <AllGroups onClose={onClose} onOpen={setGroup} />
  ) : (
    <OneGroup group={group} onClose={() => setGroup(undefined)} />
  );
}

function AllGroups({ onClose, onOpen }: { onClose: () => void; onOpen: (group: Group) => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const groups = useQuery(trpc.people.groups.queryOptions());
  const [name, setName] = useState("");
  const add = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    const told = name.trim();
    const known = groups.data?.find((group) => group.name === told);
    if (told !== "") onOpen(known ?? { name: told, members: [], flows: [] });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("groupsTitle")}
      size="md"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <p className="mb-3 text-12 text-text-2">{t("groupsText")}</p>
      {groups.isPending && <Skeleton className="w-1/2" />}
      {groups.isError && (
        <p role="alert" className="text-12 text-failed-text">
          {explain(groups.error).what}
        </p>
      )}
      {groups.data?.length === 0 && <p className="py-2 text-text-3">{t("noGroups")}</p>}
      <ul className="mb-3">
        {groups.data?.map((group) => (
          <li key={group.name} className="flex items-center gap-3 border-b border-border py-2">
            <div className="min-w-0 flex-1">
              <p className="font-medium break-words">{group.name}</p>
              <p className="text-12 text-text-3">
                {t("groupCount", { count: group.members.length })}
                {group.flows.length > 0 && <>, {t("inFlows", { flows: namesOf(group) })}</>}
              </p>
            </div>
            <Button size="sm" onClick={() => onOpen(group)} aria-label={`${t("open")}: ${group.name}`}>
              {t("open")}
            </Button>
          </li>
        ))}
      </ul>
      <form onSubmit={add} className="flex items-end gap-2">
        <Field label={t("newGroup")} className="flex-1">
          <TextInput maxLength={100} autoComplete="off" value={name} onChange={setName} />
        </Field>
        <Button type="submit" icon={Plus} disabled={name.trim() === ""}>
          {t("addGroup")}
        </Button>
      </form>
    </Dialog>
  );
}

const namesOf = (group: Group): string => group.flows.map((flow) => flow.name).join(", ");

function OneGroup({ group, onClose }: { group: Group; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const people = useQuery(trpc.people.list.queryOptions());
  const [name, setName] = useState(group.name);
  const [members, setMembers] = useState(() => new Set(group.members.map(({ id }) => id)));
  const isNew = group.members.length === 0;
  const rename = useMutation(trpc.people.renameGroup.mutationOptions());
  const fill = useMutation(trpc.people.setMembers.mutationOptions());
  const error = rename.error ?? fill.error;
  const told = name.trim();
  const save = async (): Promise<void> => {
    if (!isNew && told !== group.name) await rename.mutateAsync({ from: group.name, to: told });
    await fill.mutateAsync({ group: told, people: [...members] });
    void queries.invalidateQueries(trpc.people.pathFilter());
    done(t("groupSaved", { name: told }));
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={group.name}
      size="md"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("back")}
          </Button>
          <Button variant="primary" type="submit" form="group" disabled={told === "" || fill.isPending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        id="group"
        onSubmit={(event) => {
          event.preventDefault();
          // What goes wrong stands in the dialog.
          save().catch(() => undefined);
        }}
      >
        <Field
          label={t("name")}
          help={group.flows.length === 0 ? undefined : t("renameWarns", { flows: namesOf(group) })}
        >
          <TextInput required maxLength={100} autoComplete="off" value={name} onChange={setName} />
        </Field>
        <fieldset className="mt-3">
          <legend className="mb-1 text-12 font-medium text-text-2">{t("members")}</legend>
          {people.data
            ?.filter(({ id, status }) => status !== "disabled" || members.has(id))
            .map((person) => (
              <Checkbox
                key={person.id}
                checked={members.has(person.id)}
                onChange={(on) =>
                  setMembers(
                    (before) => new Set(on ? [...before, person.id] : [...before].filter((id) => id !== person.id)),
                  )
                }
                label={
                  <>
                    {person.name} <span className="text-12 text-text-3">{person.email}</span>
                  </>
                }
              />
            ))}
        </fieldset>
        {error !== null && (
          <p role="alert" className="mt-3 text-12 text-failed-text">
            {explain(error).what}
          </p>
        )}
      </form>
    </Dialog>
  );
}
