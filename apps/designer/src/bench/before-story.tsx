import type { JSX } from "react";
import { NumberInput } from "../ui/number-input.tsx";
import { useWords } from "../words/use-words.tsx";
import type { Bench } from "./use-bench.ts";
import { WhyNot } from "./why-not.tsx";
import { words } from "./words.ts";

/** What stands in the way of the run and of the scenario, and which round of each loop is told. */
export function BeforeStory({ bench, nameOf }: { bench: Bench; nameOf: (id: string) => string }): JSX.Element {
  return (
    <>
      <Stuck bench={bench} />
      <WhyNot bench={bench} nameOf={nameOf} />
      <Rounds bench={bench} nameOf={nameOf} />
    </>
  );
}

/** Why it can't be run, or how many problems it runs with. */
function Stuck({ bench }: { bench: Bench }): JSX.Element | null {
  const t = useWords(words);
  const { unplayable, view, issues } = bench;
  const errors = issues.filter(({ severity }) => severity === "error");
  const why = unplayable?.message ?? view?.broken?.message;
  if (why === undefined) {
    if (errors.length === 0) return null;
    return (
      <p className="border-b border-border px-4 py-2 text-12 text-failed-text">
        {t("problemsLeft", { count: errors.length })}
      </p>
    );
  }
  return (
    <div role="alert" className="border-b border-border px-4 py-3">
      <h2 className="text-13 font-semibold">{unplayable === undefined ? t("brokenRun", { why }) : t("notRunnable")}</h2>
      {unplayable !== undefined && <p className="text-12 text-text-2">{errors.length === 0 ? why : t("fixFirst")}</p>}
      <ul className="m-0 list-none p-0">
        {errors.slice(0, 8).map((issue) => (
          <li key={`${issue.code} ${issue.pointer}`}>
            <button
              type="button"
              className="text-left text-12 text-accent-text hover:underline"
              onClick={() => bench.onIssue(issue)}
            >
              {issue.message}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Which round of each loop the canvas and the story show. */
function Rounds({ bench, nameOf }: { bench: Bench; nameOf: (id: string) => string }): JSX.Element | null {
  const t = useWords(words);
  const loops = [...(bench.view?.shown ?? [])].flatMap(([loop, run]) => {
    const total = bench.view?.nodes.get(loop)?.children?.runs.length ?? 0;
    return total > 1 ? [{ loop, total, at: Number(run.slice(run.lastIndexOf(".") + 1)) }] : [];
  });
  if (loops.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2 border-b border-border px-4 py-2 text-12 text-text-2">
      {loops.map(({ loop, total, at }) => (
        <div key={loop} className="flex items-center gap-2">
          <span className="font-medium text-text">{nameOf(loop)}</span>
          <span className="w-28">
            <NumberInput
              size="sm"
              steps
              label={nameOf(loop)}
              value={at + 1}
              min={1}
              max={total}
              onChange={(next) => next !== null && bench.show(loop, next - 1)}
            />
          </span>
          {t("needOf", { n: at + 1, total })}
        </div>
      ))}
    </div>
  );
}
