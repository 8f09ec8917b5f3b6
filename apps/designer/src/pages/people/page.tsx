import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, KeyRound, Unlink, UserCheck, UserCog, UserPlus, Users, UserX } from "lucide-react";
import { useState, type JSX } from "react";
import { useMay, useSession } from "../../app/session.ts";
import { PageTop } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { explain } from "../../ui/problem.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { words as roleWords } from "../sign-in/words.ts";
import { type Open, PeopleDialogs } from "./people-dialogs.tsx";
import { type Person, ROLES } from "./person.ts";
import { words } from "./words.ts";

export function PeoplePage(): JSX.Element {
  const t = useWords(words);
  const mayManage = useMay("person.manage");
  const [open, setOpen] = useState<Open>();
  return (
    <>
      <PageTop title={t("title")}>
        {mayManage ? (
          <>
            <Button icon={Users} onClick={() => setOpen({ kind: "groups" })}>
              {t("manageGroups")}
            </Button>
            <Button variant="primary" icon={UserPlus} onClick={() => setOpen({ kind: "invite" })}>
              {t("invite")}
            </Button>
          </>
        ) : (
          <span className="text-12 text-text-3">{t("needsAdministrator")}</span>
        )}
      </PageTop>
      <People mayManage={mayManage} onOpen={setOpen} />
      <PeopleDialogs open={open} onOpen={setOpen} />
    </>
  );
}

const CELL = "border-b border-border px-2.5 py-1.5 first:pl-4 last:pr-4";
const HEAD =
  "sticky top-0 border-b border-border bg-surface-sunken px-2.5 py-1.5 text-left text-11 font-medium text-text-3 first:pl-4";

function People({ mayManage, onOpen }: { mayManage: boolean; onOpen: (open: Open) => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const people = useQuery(trpc.people.list.queryOptions());
  if (people.isError && people.data === undefined) {
    return <ErrorState title={t("loadFailed")} error={people.error} retry={() => void people.refetch()} />;
  }
  if (people.data === undefined) {
    return (
      <div className="flex-1 bg-surface p-4">
        <Skeleton className="w-1/2" />
      </div>
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-auto bg-surface">
      <table className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            <th className={HEAD}>{t("name")}</th>
            <th className={cx(HEAD, "max-sm:hidden")}>{t("roles")}</th>
            <th className={cx(HEAD, "max-md:hidden")}>{t("groups")}</th>
            <th className={cx(HEAD, "max-sm:hidden")}>{t("status")}</th>
            <td className={HEAD} />
          </tr>
        </thead>
        <tbody>
          {people.data.map((person) => (
            <Row key={person.id} person={person} mayManage={mayManage} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly person: Person;
  readonly mayManage: boolean;
  readonly onOpen: (open: Open) => void;
}

function Row({ person, mayManage, onOpen }: RowProps): JSX.Element {
  const t = useWords(words);
  const role = useWords(roleWords);
  const self = useSession().person.id === person.id;
  const items = usePersonItems(person, onOpen);
  const roles = ROLES.filter((each) => person.roles.includes(each)).map((each) => role(each));
  const told = roles.length === 0 ? t("noRoles") : roles.join(", ");
  return (
    <tr className={cx("h-11", person.status === "disabled" && "text-text-3")}>
      <td className={CELL}>
        <span className="flex items-center gap-2.5">
          <Avatar name={person.name} active={self} />
          <span className="min-w-0">
            <span className="block font-medium">
              {person.name}
              {self && <span className="ml-2 text-12 font-normal text-text-3">{t("you")}</span>}
            </span>
            <span className="block text-12 break-words text-text-3">{person.email}</span>
            <span className="block text-12 text-text-2 sm:hidden">{told}</span>
          </span>
        </span>
      </td>
      <td className={cx(CELL, "text-text-2 max-sm:hidden")}>{told}</td>
      <td className={cx(CELL, "text-text-2 max-md:hidden")}>{person.groups.join(", ")}</td>
      <td className={cx(CELL, "text-12 whitespace-nowrap text-text-2 max-sm:hidden")}>{t(person.status)}</td>
      <td className={cx(CELL, "w-12 text-right")}>
        {mayManage && (
          <Menu
            trigger={<IconButton icon={Ellipsis} label={t("actions", { name: person.name })} side="left" />}
            items={items}
          />
        )}
      </td>
    </tr>
  );
}

function usePersonItems(person: Person, onOpen: (open: Open) => void): readonly MenuItem[] {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id, name, status } = person;
  const onError = (error: unknown): void => failed(t("failed", { why: explain(error).what }));
  const reset = useMutation(
    trpc.people.resetPassword.mutationOptions({
      onError,
      onSuccess: ({ path, mailed }) =>
        onOpen({ kind: "link", name, path, mailedTo: mailed ? person.email : undefined }),
    }),
  );
  const change = useMutation(
    trpc.people.change.mutationOptions({
      onError,
      onSuccess: (_, { disabled }) => {
        void queries.invalidateQueries(trpc.people.pathFilter());
        const undo = (): void => change.mutate({ id, disabled: disabled !== true });
        done(t(disabled === true ? "disabledDone" : "enabledDone", { name }), { undo });
      },
    }),
  );
  return [
    { label: t("edit"), icon: UserCog, onSelect: () => onOpen({ kind: "edit", person }) },
    { label: t("reset"), icon: KeyRound, onSelect: () => reset.mutate({ id }) },
    ...(person.providers.length === 0
      ? []
      : [{ label: t("detach"), icon: Unlink, onSelect: () => onOpen({ kind: "detach", person }) }]),
    "separator",
    status === "disabled"
      ? { label: t("enable"), icon: UserCheck, onSelect: () => change.mutate({ id, disabled: false }) }
      : { label: t("disable"), icon: UserX, danger: true, onSelect: () => change.mutate({ id, disabled: true }) },
  ];
}
