import type { Json } from "@holdfast/dsl";
import { X } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { durationWords } from "../fields/duration-text.ts";
import { useWords } from "../words/use-words.tsx";
import { deviationOf, type Deviation } from "./model/failures.ts";
import { code } from "./story-list.tsx";
import type { Bench } from "./use-bench.ts";
import { words } from "./words.ts";

/** Why the chosen scenario does not pass: what was expected and what happened, with the way to the node. */
export function WhyNot({ bench, nameOf }: { bench: Bench; nameOf: (id: string) => string }): JSX.Element | null {
  const t = useWords(words);
  const { scenario, verdicts, flow } = bench;
  const test = scenario === undefined ? undefined : flow.tests?.[scenario];
  const verdict = scenario === undefined ? undefined : verdicts?.[scenario];
  if (test === undefined || verdict === undefined || verdict.passed) return null;
  return (
    <section aria-label={t("whyNot")} className="border-b border-border px-4 py-2.5">
      <h2 className="mb-1 text-13 font-semibold">{t("whyNot")}</h2>
      <ul className="m-0 flex list-none flex-col gap-1 p-0">
        {verdict.failures.map((failure) => (
          <li key={`${failure.pointer} ${failure.message}`} className="flex items-baseline gap-1.5 text-12 text-text-2">
            <X aria-hidden className="size-3 shrink-0 translate-y-0.5 text-failed" strokeWidth={1.75} />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <Why deviation={deviationOf(test, failure, verdict.came ?? {})} nameOf={nameOf} onNode={bench.onNode} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface WhyProps {
  readonly deviation: Deviation;
  readonly nameOf: (id: string) => string;
  readonly onNode: (id: string) => void;
}

function Why({ deviation, nameOf, onNode }: WhyProps): ReactNode {
  const t = useWords(words);
  if (deviation.kind === "other") return deviation.message;
  if ("node" in deviation) {
    const { node } = deviation;
    const after = "after" in deviation ? deviation.after : undefined;
    return t.rich(`n_${deviation.kind}`, {
      node: nameOf(node),
      after: after === undefined ? "none" : durationWords(after, t.language),
      b: (parts) => (
        <button
          key={node}
          type="button"
          className="font-medium text-accent-text hover:underline"
          onClick={() => onNode(node)}
        >
          {parts}
        </button>
      ),
    });
  }
  const { kind, expected, found } = deviation;
  const word = (value: Json): string => (kind === "status" ? t("statusWord", { value: text(value) }) : text(value));
  return t.rich(found === undefined ? `n_${kind}None` : `n_${kind}`, {
    expected: word(expected),
    found: found === undefined ? "" : word(found),
    code,
  });
}

const text = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
