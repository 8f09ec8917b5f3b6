import type { JSX } from "react";
import type { Outputs } from "../../rpc/outputs.ts";
import { cx } from "../../ui/cx.ts";
import { StatusMark } from "../../ui/status-mark.tsx";
import { useWords } from "../../words/use-words.tsx";
import { FACETS, type Facet } from "./search.ts";
import { StartsBars } from "./starts-bars.tsx";
import { words } from "./words.ts";

export interface FacetsProps {
  readonly counts: Outputs["runs"]["counts"] | undefined;
  readonly starts: Outputs["runs"]["starts"] | undefined;
  readonly chosen: Facet | undefined;
  readonly onChoose: (facet: Facet | undefined) => void;
}

/** How many runs are in each state: the numbers are the filter. */
export function Facets({ counts, starts, chosen, onChoose }: FacetsProps): JSX.Element {
  const t = useWords(words);
  const number = (count: number | undefined): string =>
    count === undefined ? "–" : new Intl.NumberFormat(t.language).format(count);
  const facet = (which: Facet | undefined, count: number | undefined, name: JSX.Element): JSX.Element => (
    <button
      key={which ?? "all"}
      type="button"
      aria-pressed={chosen === which}
      onClick={() => onChoose(which)}
      className={cx(
        "relative min-w-28 border-r border-border py-[9px] pr-[18px] pl-4 text-left outline-offset-[-2px] hover:bg-surface-hover",
        chosen === which && "shadow-[inset_0_-2px_0_var(--hf-accent)]",
      )}
    >
      {name}
      <b className="block text-16 leading-[22px] font-semibold tracking-[-.01em] tabular-nums">{number(count)}</b>
    </button>
  );
  return (
    <div className="flex shrink-0 overflow-x-auto border-b border-border bg-surface">
      {facet(undefined, counts?.all, <span className="block text-12 text-text-2">{t("all")}</span>)}
      {FACETS.map((which) =>
        facet(
          which,
          counts === undefined ? undefined : counts[which] + (which === "waiting" ? counts.paused : 0),
          which === "incident" ? (
            <StatusMark status="incident">{t("incidents")}</StatusMark>
          ) : (
            <StatusMark status={which} />
          ),
        ),
      )}
      {starts !== undefined && <StartsBars starts={starts} />}
    </div>
  );
}
