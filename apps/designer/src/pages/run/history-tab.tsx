import {
  Bell,
  Check,
  Footprints,
  Hand,
  Hourglass,
  Inbox,
  type LucideIcon,
  MessageSquare,
  OctagonAlert,
  Play,
  Send,
  Undo2,
  Users,
  Vote,
  Wrench,
  X,
} from "lucide-react";
import type { JSX } from "react";
import type { RunDetails } from "../../rpc/outputs.ts";
import { useNow } from "../../ui/now.ts";
import { Section } from "../../ui/section.tsx";
import { dateText, exactText } from "../../ui/time.ts";
import { useWords, type Translate } from "../../words/use-words.tsx";
import { historyOf, type Happening } from "./history.ts";
import { partName } from "./part-name.ts";
import { words } from "./words.ts";

type T = Translate<keyof (typeof words)["en"]>;

const ICON: Readonly<Record<Happening["kind"], LucideIcon>> = {
  began: Play,
  completed: Check,
  failed: X,
  part: Footprints,
  waits: Hourglass,
  task: Inbox,
  reminded: Bell,
  escalated: Users,
  claimed: Hand,
  gave: Send,
  commented: MessageSquare,
  voted: Vote,
  decided: Check,
  incident: OctagonAlert,
  resolved: Wrench,
  undone: Undo2,
};

export function HistoryTab({ details, node }: { readonly details: RunDetails; readonly node: string }): JSX.Element {
  const t = useWords(words);
  const now = useNow();
  const entries = historyOf(details, node);
  const undecided = details.derived?.nodes[node]?.nextTryAt ?? null;
  return (
    <Section title={t("whatHappened")}>
      {entries.length === 0 && <p className="text-text-2">{t("noOutput")}</p>}
      <ol className="flex flex-col gap-1.5">
        {entries.map(({ at, what }, index) => {
          const Icon = ICON[what.kind];
          return (
            // Several things of one kind can happen in the same millisecond; the list only grows.
            <li
              key={`${at} ${what.kind} ${index}`}
              className="grid grid-cols-[96px_14px_1fr] items-baseline gap-2 text-12"
            >
              <time
                dateTime={new Date(at).toISOString()}
                title={exactText(new Date(at), t.language)}
                className="text-text-3 tabular-nums"
              >
                {dateText(new Date(at), now, t.language)}
              </time>
              <Icon aria-hidden className="size-3 translate-y-px text-text-3" strokeWidth={1.75} />
              <span className="min-w-0 break-words">{sentence(what, t)}</span>
            </li>
          );
        })}
      </ol>
      {undecided !== null && (
        <p className="mt-3 text-12 text-text-2">
          {t("nextTry", { time: dateText(new Date(undecided), now, t.language) })}
        </p>
      )}
    </Section>
  );
}

const DOORS = ["app", "api", "cli", "link", "event", "system"] as const;
const ACTIONS = ["retry", "complete", "fail"] as const;

function sentence(what: Happening, t: T): string {
  switch (what.kind) {
    case "began":
      return t("hBegan", { n: what.attempt });
    case "completed":
      return t("hCompleted", { port: what.port });
    case "failed":
      return t("hFailed", { n: what.attempt, error: what.error });
    case "part":
      return what.error === undefined
        ? t("hPart", { name: partName(what.name, t.language) })
        : t("hPartFailed", { name: partName(what.name, t.language), error: what.error });
    case "waits":
      return t("hOpened");
    case "task":
      return t("hTask", { title: what.title });
    case "reminded":
      return t("hReminded");
    case "escalated":
      return t("hEscalated");
    case "claimed":
      return t("hClaimed", { by: what.by });
    case "gave":
      return t(`hGave_${what.how}`, { by: what.by, to: what.to });
    case "commented":
      return t("hCommented", { by: what.by, text: what.text });
    case "voted":
    case "decided":
      return decided(what, t);
    case "incident":
      return t("hIncident", { text: t(`incident_${what.incident}`).replaceAll("**", "") });
    case "resolved": {
      const action = ACTIONS.find((each) => each === what.action);
      return t("hResolved", { by: what.by, action: action === undefined ? what.action : t(`action_${action}`) });
    }
    case "undone":
      return t("hUndone");
  }
}

type Answer = Extract<Happening, { readonly outcome: string }>;

function decided({ kind, by: who, whom, outcome, via, comment }: Answer, t: T): string {
  const by = whom === undefined ? who : t("hActingFor", { by: who, whom });
  const known = DOORS.find((each) => each === via);
  const door = known === undefined ? via : t(`door_${known}`);
  const name = kind === "voted" ? "hVoted" : "hDecided";
  if (comment === null || comment === "") return t(name, { by, outcome, door });
  return t(`${name}Comment`, { by, outcome, door, comment });
}
