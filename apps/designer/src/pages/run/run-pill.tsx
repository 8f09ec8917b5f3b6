import type { JSX } from "react";
import type { RunDetails } from "../../rpc/outputs.ts";
import { useNow } from "../../ui/now.ts";
import { Pill } from "../../ui/pill.tsx";
import { STATUS_ICON, STATUS_TONE } from "../../ui/status-mark.tsx";
import { durationText } from "../../ui/time.ts";
import { useWords, type Translate } from "../../words/use-words.tsx";
import { standingText, statusOf } from "../runs/standing.ts";
import { words as runsWords } from "../runs/words.ts";
import { words } from "./words.ts";

type Run = Pick<RunDetails["run"], "status" | "standing" | "error">;

/** Those after which nothing comes. */
const OVER = ["completed", "failed", "canceled"] as const;
const WAITS = { task: "waitsTask", event: "waitsEvent", time: "waitsTime", children: "waitsChildren" } as const;

/** How a run stands: "Waiting for a person, 2 d 21 h left". `at`: the names of the nodes at work. */
export function RunPill({ run, at }: { readonly run: Run; readonly at: readonly string[] }): JSX.Element {
  const t = useWords(words);
  const list = useWords(runsWords);
  const now = useNow().getTime();
  const status = statusOf(run);
  const over = OVER.find((each) => each === run.status);
  const working = run.status === "running" && at.length > 0 ? at.join(", ") : undefined;
  const standing = pausedText(run, t) ?? waitText(run, now, t) ?? working ?? standingText(run, list);
  const text = over === undefined ? standing : t(`status_${over}`);
  return (
    <Pill tone={STATUS_TONE[status]} icon={STATUS_ICON[status]} className="shrink-0 max-md:hidden">
      <span className="max-w-[44ch] truncate" title={text}>
        {text}
      </span>
    </Pill>
  );
}

/** Its waits go on while a run is paused; that it is paused counts more. */
function pausedText({ status, standing }: Run, t: Translate<keyof (typeof words)["en"]>): string | undefined {
  if (status !== "paused" || standing.kind === "paused" || standing.nodeName === null) return undefined;
  return t("pausedAt", { node: standing.nodeName });
}

function waitText(run: Run, now: number, t: Translate<keyof (typeof words)["en"]>): string | undefined {
  const { kind, until } = run.standing;
  if (run.status !== "waiting" || !isWait(kind)) return undefined;
  if (until === null) return t(WAITS[kind], { left: "none" });
  const left = Date.parse(until) - now;
  return t(WAITS[kind], { left: t(left < 0 ? "late" : "left", { time: durationText(left, t.language) }) });
}

const isWait = (kind: string): kind is keyof typeof WAITS => Object.hasOwn(WAITS, kind);
