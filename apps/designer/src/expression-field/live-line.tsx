import type { JSX, ReactNode } from "react";
import type { Json } from "@holdfast/dsl";
import { useWords } from "../words/use-words.tsx";
import type { FieldMode, LiveValue } from "./live-value.ts";
import { words } from "./words.ts";

/** The accent rule at the left of what is true of the sample. */
export function LiveRule({ children }: { readonly children: ReactNode }): JSX.Element {
  return (
    <div className="mt-1.5 flex min-w-0 gap-1.5 border-l-2 border-accent pl-[7px] text-12 text-text-2">{children}</div>
  );
}

export interface LiveLineProps {
  readonly mode: FieldMode;
  readonly live: LiveValue;
  /** What the sample is called: "run 4F9K2". */
  readonly sample: string;
}

/** "Reads Refund €129.90 for order A-10482", "True for run 4F9K2". */
export function LiveLine({ mode, live, sample }: LiveLineProps): JSX.Element {
  const t = useWords(words);
  if (!live.ok) {
    const text = live.absent ? t("notInSample", { sample }) : t("cannot", { sample, message: live.message });
    return <LiveRule>{text}</LiveRule>;
  }
  if (mode === "condition" && typeof live.value === "boolean") {
    return (
      <LiveRule>
        <span className="font-medium text-text">{t(live.value ? "trueHere" : "falseHere", { sample })}</span>
      </LiveRule>
    );
  }
  const special = live.value === null ? t("nothing") : t("emptyText");
  const shown = live.value === null || live.value === "" ? special : shortText(live.value);
  return (
    <LiveRule>
      <span className="shrink-0">{t(mode === "template" && typeof live.value === "string" ? "reads" : "gives")}</span>
      <span className="line-clamp-4 min-w-0 font-medium break-words whitespace-pre-wrap text-text">{shown}</span>
    </LiveRule>
  );
}

const LONGEST = 600;

function shortText(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
