/** How the cards and edges of a test run look: as they would in production. */
import { cardStateOf } from "../canvas/card-state.ts";
import type { CanvasEdge, CardRail, CardView, EdgeView } from "../canvas/card-view.ts";
import { waitLength } from "../canvas/wait-rail.ts";
import { formatDuration, START } from "@holdfast/dsl";
import { portWord } from "../canvas/node-words.ts";
import { STATUS_ICON, STATUS_TONE, type Status } from "../ui/status-mark.tsx";
import type { Translate } from "../words/use-words.tsx";
import { type NodeLook, type NodeStanding, edgeKey } from "./model/looks.ts";
import type { WaitSeen } from "./model/story.ts";
import type { BenchView } from "./model/view.ts";
import type { Times } from "./times.ts";
import type { BenchWord } from "./words.ts";
import { failureText } from "../words/step-errors.ts";

export interface CardTools {
  readonly view: BenchView;
  readonly times: Times;
  readonly t: Translate<BenchWord>;
  /** What the node does, with the values it was given; absent: not reached. */
  readonly sentence?: (id: string) => string | undefined;
}

/** What a run would call it. */
function statusOf(standing: NodeStanding): Status {
  if (standing === "asked") return "running";
  return standing === "retrying" ? "waiting" : standing;
}

export function benchCard(id: string, tools: CardTools): CardView | undefined {
  const { view, times, t } = tools;
  if (id === START) {
    const text = t("dayShort", { day: times.day(view.clock.start) });
    return { state: "completed", badge: { tone: "completed", icon: STATUS_ICON.completed, text } };
  }
  const look = view.nodes.get(id);
  if (look === undefined) return { state: "pending" };
  const { standing, error, children } = look;
  const text = badgeText(look, tools);
  const status = statusOf(standing);
  const said = error === undefined ? tools.sentence?.(id) : undefined;
  const rail = look.wait === undefined ? undefined : railFor(look.wait, tools);
  return {
    state: cardStateOf(status),
    ...(text !== undefined && { badge: { tone: STATUS_TONE[status], icon: STATUS_ICON[status], text } }),
    ...((standing === "failed" || standing === "incident") && error !== undefined && { sentence: failureText(error) }),
    ...(said !== undefined && { sentence: said }),
    ...(rail !== undefined && { rail }),
    ports: portsOf(id, look, view),
    ...(children !== undefined && { count: t("ofRounds", { done: children.ended, total: children.total }) }),
  };
}

function badgeText(look: NodeLook, { times, t }: CardTools): string | undefined {
  const { standing, port, given, attempt, wait, at } = look;
  switch (standing) {
    case "pending":
      return undefined;
    case "completed":
      if (port !== undefined && port !== "out") return portWord(port, t.language);
      if (attempt > 1) return t("tries", { n: attempt });
      return given ? t("given") : t("dayShort", { day: times.day(at ?? 0) });
    case "waiting":
      return t("dayShort", { day: times.day(wait?.since ?? at ?? 0) });
    case "asked":
      return t("asked");
    case "retrying":
      return t("again");
    default:
      return t(`card_${standing}`);
  }
}

/** The rail of a wait, with the test clock on it. */
function railFor(wait: WaitSeen, { view, times, t }: CardTools): CardRail | undefined {
  const { since, deadline, closedAt, reminders } = wait;
  if (deadline === undefined) return undefined;
  const length = deadline - since;
  const total = waitLength(formatDuration(length))?.segments ?? 10;
  const now = closedAt ?? view.clock.now;
  const share = (at: number): number => ((at - since) / Math.max(1, length)) * total;
  const left = deadline - now;
  const out = closedAt !== undefined && closedAt >= deadline && wait.kind === "event";
  return {
    total,
    done: Math.max(0, Math.min(total, share(now))),
    marks: reminders.filter((at) => at < deadline).map(share),
    left: out
      ? t("nobodyAnswered")
      : t(closedAt === undefined ? "left" : "runNow", {
          time: times.length(closedAt === undefined ? left : now - since),
        }),
    right: t("dayShort", { day: times.day(deadline) }),
  };
}

function portsOf(id: string, { port }: NodeLook, view: BenchView): NonNullable<CardView["ports"]> {
  const ports: Record<string, { taken: boolean; skipped: boolean }> = {};
  for (const [key, state] of view.edges) {
    const [from, name = ""] = key.split("|");
    if (from === id && ports[name]?.taken !== true) {
      ports[name] = { taken: state === "taken", skipped: state === "skipped" };
    }
  }
  return port === undefined ? ports : { ...ports, [port]: { taken: true, skipped: false } };
}

export function benchEdge(edge: Pick<CanvasEdge, "from" | "port" | "to">, view: BenchView): EdgeView {
  return { state: view.edges.get(edgeKey(edge.from, edge.port, edge.to)) ?? "pending" };
}
