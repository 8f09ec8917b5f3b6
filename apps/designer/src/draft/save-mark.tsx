import { CloudOff, TriangleAlert } from "lucide-react";
import type { JSX } from "react";
import { cx } from "../ui/cx.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import { useWords } from "../words/use-words.tsx";
import type { OpenDraft } from "./use-draft.ts";
import { words } from "./words.ts";

const WHY = { kept: "keptWhy", lost: "lostWhy" } as const;

/** Whether what was typed is safe, and where. */
export function SaveMark({ draft }: { readonly draft: Pick<OpenDraft, "saving" | "refused"> }): JSX.Element {
  const t = useWords(words);
  const { saving, refused } = draft;
  const why = saving === "kept" || saving === "lost" ? t(WHY[saving]) : refused;
  const isWrong = saving === "lost" || saving === "refused";
  const Icon = isWrong ? TriangleAlert : CloudOff;
  const mark = (
    <span
      role="status"
      tabIndex={why === undefined ? undefined : 0}
      className={cx(
        "inline-flex items-center gap-1 text-12 whitespace-nowrap",
        saving === "kept" && "text-waiting-text",
        isWrong && "text-failed-text",
        saving === "saved" || saving === "saving" ? "text-text-3 max-xl:hidden" : "",
      )}
    >
      {why !== undefined && <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />}
      {t(saving)}
    </span>
  );
  return why === undefined ? mark : <Tooltip text={why}>{mark}</Tooltip>;
}
