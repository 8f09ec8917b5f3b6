import { TriangleAlert } from "lucide-react";
import type { JSX } from "react";
import { issueText, issueWords } from "../problems/issue-words.ts";
import { cx } from "../ui/cx.ts";
import { hintIn } from "../words/hints.ts";
import { useWords } from "../words/use-words.tsx";
import type { FieldIssue } from "./quick-fix.ts";
import { words } from "./words.ts";

export interface IssueLinesProps {
  readonly id?: string | undefined;
  readonly issues: readonly FieldIssue[];
  /** The repair of an issue, if one is known. */
  readonly fixOf?: ((issue: FieldIssue) => (() => void) | undefined) | undefined;
  /** More than these are counted. */
  readonly most?: number | undefined;
}

/** What is wrong in a field and what to do about it, errors first. */
export function IssueLines({ id, issues, fixOf, most = 2 }: IssueLinesProps): JSX.Element | null {
  const t = useWords(words);
  const sorted = issues.toSorted((a, b) => Number(a.severity !== "error") - Number(b.severity !== "error"));
  if (sorted.length === 0) return null;
  return (
    <div id={id} className="mt-[5px] flex flex-col gap-1">
      {sorted.slice(0, most).map((issue) => (
        <IssueLine key={`${issue.code} ${issue.start} ${issue.message}`} issue={issue} fix={fixOf?.(issue)} />
      ))}
      {sorted.length > most && (
        <p className="pl-[18px] text-12 text-text-3">{t("more", { count: sorted.length - most })}</p>
      )}
    </div>
  );
}

function IssueLine({ issue, fix }: { issue: FieldIssue; fix: (() => void) | undefined }): JSX.Element {
  const t = useWords(words);
  const say = useWords(issueWords);
  const hint = hintIn(say.language, issue.hint);
  const wrong = issue.severity === "error";
  const meant = issue.hint?.startsWith("Did you mean") ?? false;
  return (
    <div className={cx("flex items-baseline gap-1.5 text-12", wrong ? "text-failed-text" : "text-waiting-text")}>
      <TriangleAlert aria-hidden className="size-3 shrink-0 translate-y-0.5" strokeWidth={1.75} />
      <span className="min-w-0 break-words">
        {issueText(issue, say, "field")}
        {hint !== undefined && <span className="text-text-2"> {sentence(hint)}</span>}
      </span>
      {fix !== undefined && (
        <button
          type="button"
          onClick={fix}
          className="ml-auto shrink-0 rounded-xs font-medium text-accent-text underline-offset-2 hover:underline"
        >
          {t(meant ? "useIt" : "safe")}
        </button>
      )}
    </div>
  );
}

function sentence(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}
