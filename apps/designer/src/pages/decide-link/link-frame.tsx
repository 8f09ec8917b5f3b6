import { Link } from "@tanstack/react-router";
import { Mail, UserRound } from "lucide-react";
import type { JSX } from "react";
import { Logo } from "../../app/logo.tsx";
import type { Outputs } from "../../rpc/outputs.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { useNow } from "../../ui/now.ts";
import { dateText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { answerOf } from "../inbox/answers.ts";
import { refusalOf } from "../inbox/refusal.tsx";
import { words as inboxWords } from "../inbox/words.ts";
import type { GivenByLink } from "./use-link-decision.ts";
import { words } from "./words.ts";

export type OpenLink = Extract<Outputs["links"]["look"], { state: "open" }>;

/** Whom one acts as, and how long the link is good. */
export function CardTop({ view }: { readonly view: OpenLink }): JSX.Element {
  const t = useWords(words);
  const now = useNow();
  const until = t("goodUntil", { time: dateText(new Date(view.expiresAt), now, t.language) });
  const Icon = view.signedIn ? Mail : UserRound;
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-border px-4 py-2">
      <span className="flex items-center gap-2 font-semibold">
        <Logo size={20} />
        Holdfast
      </span>
      <p className="flex min-w-0 flex-1 basis-60 items-center gap-2 text-12 text-text-2">
        <Icon aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
        <span>{t(view.signedIn ? "actsAsSignedIn" : "actsAs", { name: view.for.name, until })}</span>
      </p>
      {view.signedIn && (
        <Link to="/inbox" search={{ task: view.task.id }} className={buttonClass("ghost", "sm")}>
          {t("toInbox")}
        </Link>
      )}
    </header>
  );
}

/** In place of the buttons: why this link decides nothing. */
export function Why({ view }: { readonly view: OpenLink }): JSX.Element {
  const t = useWords(words);
  const ti = useWords(inboxWords);
  const now = useNow();
  const { task, expired, usedAt, signedIn } = view;
  const open = task.status === "open" && task.may;
  const linkOver = expired ? t("expired") : t("used");
  const text = open && (expired || usedAt !== null) ? linkOver : refusalOf(task, { me: view.person, now, t: ti });
  return (
    <div className="mx-auto flex w-full max-w-[708px] flex-wrap items-center gap-3 px-5 py-4 max-sm:px-4">
      <p className="min-w-0 flex-1 text-14 text-text-2">{text}</p>
      {open && signedIn && (
        <Link to="/inbox" search={{ task: task.id }} className={buttonClass("primary", "lg")}>
          {t("decideInInbox")}
        </Link>
      )}
    </div>
  );
}

/** What was answered, and for ten seconds the way back. */
export function GivenBar({
  given,
  onTakeBack,
}: {
  readonly given: GivenByLink;
  readonly onTakeBack: () => void;
}): JSX.Element {
  const t = useWords(words);
  const ti = useWords(inboxWords);
  const { given: answer, icon: Icon } = answerOf(given.port, ti, given.titles);
  const over = given.secondsLeft === 0;
  const text = over ? t("finished", { answer }) : t("sent", { answer });
  return (
    <div className="mx-auto flex w-full max-w-[708px] flex-wrap items-center gap-3 px-5 py-4 max-sm:px-4">
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      <p role="status" className="min-w-0 flex-1 text-14 font-medium">
        {given.decided ? text : t("voted")}
      </p>
      {!over && (
        <Button size="lg" onClick={onTakeBack} className="tabular-nums">
          {t("takeBack", { n: given.secondsLeft })}
        </Button>
      )}
    </div>
  );
}
