import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronLeft, Ellipsis, Hand, Link as LinkIcon, UserRound, Workflow } from "lucide-react";
import { useState, type JSX } from "react";
import { useSession } from "../../app/session.ts";
import { useCommands } from "../../keys/use-commands.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { useNow } from "../../ui/now.ts";
import { dateText } from "../../ui/time.ts";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Task } from "./groups.ts";
import { HandOver } from "./hand-over.tsx";
import { useTaskAct } from "./use-task-act.ts";
import { words } from "./words.ts";

export interface CardHeadProps {
  readonly task: Task | undefined;
  readonly place: string | undefined;
  readonly onBack: () => void;
}

/** Who has the task, and giving it to somebody else. */
export function CardHead({ task, place, onBack }: CardHeadProps): JSX.Element {
  const t = useWords(words);
  const [giving, setGiving] = useState(false);
  const mayGive = task?.status === "open" && task.mayDelegate;
  useCommands(
    mayGive
      ? [{ id: "inbox.handOver", label: t("handOver"), keys: "D", group: t("title"), run: () => setGiving(true) }]
      : [],
  );
  return (
    <header className="flex min-h-12 shrink-0 items-center gap-2 border-b border-border py-1 pr-3.5 pl-5 max-lg:pl-1 max-sm:pr-1">
      <IconButton icon={ChevronLeft} label={t("back")} onClick={onBack} className="lg:hidden" />
      {place !== undefined && <span className="shrink-0 text-12 text-text-2 tabular-nums">{place}</span>}
      {task?.status === "open" && <Claim task={task} />}
      <span className="flex-1" />
      {mayGive && (
        <Button variant="ghost" size="sm" icon={UserRound} className="max-sm:hidden" onClick={() => setGiving(true)}>
          {t("handOver")}
        </Button>
      )}
      {task !== undefined && (
        <Link
          to="/runs/$run"
          params={{ run: task.runId }}
          search={{ node: task.node }}
          className={`${buttonClass("ghost", "sm")} max-sm:hidden`}
        >
          <Workflow aria-hidden className="size-3.5" strokeWidth={1.75} />
          {t("showFlow")}
        </Link>
      )}
      {task !== undefined && <More task={task} onGive={mayGive ? () => setGiving(true) : undefined} />}
      {giving && task !== undefined && <HandOver task={task} onClose={() => setGiving(false)} />}
    </header>
  );
}

function More({ task, onGive }: { readonly task: Task; readonly onGive: (() => void) | undefined }): JSX.Element {
  const t = useWords(words);
  const navigate = useNavigate();
  const copy = (): void => {
    const address = `${location.origin}/inbox?task=${task.id}`;
    navigator.clipboard.writeText(address).then(
      () => done(t("copied")),
      () => failed(address),
    );
  };
  const items: MenuItem[] = [
    ...(onGive === undefined ? [] : [{ label: t("handOver"), icon: UserRound, kbd: "D", onSelect: onGive }]),
    {
      label: t("showFlow"),
      icon: Workflow,
      onSelect: () => void navigate({ to: "/runs/$run", params: { run: task.runId }, search: { node: task.node } }),
    },
    { label: t("copyLink"), icon: LinkIcon, onSelect: copy },
  ];
  return <Menu items={items} trigger={<IconButton icon={Ellipsis} label={t("more")} size="sm" />} />;
}

/** While somebody has it nobody else decides it. */
function Claim({ task }: { readonly task: Task }): JSX.Element | null {
  const t = useWords(words);
  const now = useNow();
  const me = useSession();
  const { claim, release } = useClaim();
  const { claimedBy } = task;
  const mine = claimedBy?.id === me.person.id;
  const mayRelease = mine || me.person.roles.includes("administrator");
  const busy = claim.isPending || release.isPending;
  if (claimedBy === null) {
    // Where several have to answer nobody keeps it.
    if (!task.may || Object.values(task.needs).some((n) => n > 1)) return null;
    return (
      <Button variant="ghost" size="sm" icon={Hand} disabled={busy} onClick={() => claim.mutate({ id: task.id })}>
        {t("claim")}
      </Button>
    );
  }
  const since = dateText(new Date(claimedBy.since), now, t.language);
  return (
    <>
      <span className="flex min-w-0 items-center gap-1.5 text-12 text-text-2">
        <Hand aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
        <span className="truncate">{mine ? t("youHaveIt") : t("hasItSince", { name: claimedBy.name, since })}</span>
      </span>
      {mayRelease && (
        <Button variant="ghost" size="sm" disabled={busy} onClick={() => release.mutate({ id: task.id })}>
          {t("release")}
        </Button>
      )}
    </>
  );
}

function useClaim() {
  const { trpc, options } = useTaskAct();
  return {
    claim: useMutation(trpc.tasks.claim.mutationOptions(options)),
    release: useMutation(trpc.tasks.release.mutationOptions(options)),
  };
}
