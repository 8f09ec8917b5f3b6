import type { Json, Scenario } from "@holdfast/dsl";
import { Check, CircleDashed, Plus, X } from "lucide-react";
import type { JSX } from "react";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { useWords } from "../words/use-words.tsx";
import { type Expectation, type Expected, expectationsOf } from "./model/expectations.ts";
import type { BenchView } from "./model/view.ts";
import { code } from "./story-list.tsx";
import { words } from "./words.ts";

export interface ExpectedListProps {
  readonly scenario: Scenario | undefined;
  readonly view: BenchView;
  readonly nameOf: (id: string) => string;
  readonly onNode: (id: string) => void;
  readonly onAdd: () => void;
  readonly onRemove: (expect: Expected) => void;
}

const MARK = {
  met: { icon: Check, text: "text-completed-text", mark: "text-completed" },
  notYet: { icon: CircleDashed, text: "text-skipped-text", mark: "text-skipped" },
  failed: { icon: X, text: "text-failed-text", mark: "text-failed" },
} as const;

/** What should come of the run, and what has so far. */
export function ExpectedList({ scenario, view, nameOf, onNode, onAdd, onRemove }: ExpectedListProps): JSX.Element {
  const t = useWords(words);
  const { status, output, reached, error } = view;
  const facts = { status, output, reached, ...(error !== undefined && { error: error.code }) };
  const expected = scenario === undefined ? [] : expectationsOf(scenario.expect, facts);
  return (
    <section aria-label={t("expected")} className="shrink-0 border-t border-border px-4 py-2.5">
      <div className="mb-1 flex items-center gap-2">
        <h2 className="flex-1 text-13 font-semibold">{t("expected")}</h2>
        <Button size="sm" variant="ghost" icon={Plus} onClick={onAdd}>
          {t("addHappened")}
        </Button>
      </div>
      {expected.length === 0 && <p className="text-12 text-text-3">{t("noExpected")}</p>}
      <ul className="m-0 max-h-24 list-none overflow-y-auto p-0">
        {expected.map((one) => (
          <li key={`${one.kind} ${text(one.value)}`} className="group flex items-center gap-2 py-[3px] text-12/[18px]">
            <State state={one.state} />
            <span className="min-w-0 flex-1 text-text-2">
              <What expectation={one} nameOf={nameOf} onNode={onNode} />
              {one.found !== undefined && (
                <span className="ml-1.5 text-failed-text">
                  {t("e_found", {
                    value: one.kind === "status" ? t("statusWord", { value: text(one.found) }) : text(one.found),
                  })}
                </span>
              )}
            </span>
            {scenario !== undefined && (
              <IconButton
                size="sm"
                icon={X}
                label={t("removeExpectation")}
                className="-my-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
                onClick={() => onRemove(withoutExpectation(scenario.expect, one))}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ state }: { state: Expectation["state"] }): JSX.Element {
  const t = useWords(words);
  const { icon: Icon, text: hue, mark } = MARK[state];
  return (
    <span className={`inline-flex items-center gap-[5px] font-medium whitespace-nowrap ${hue}`}>
      <Icon aria-hidden className={`size-3.5 ${mark}`} strokeWidth={1.75} />
      {t(state)}
    </span>
  );
}

interface WhatProps {
  readonly expectation: Expectation;
  readonly nameOf: (id: string) => string;
  readonly onNode: (id: string) => void;
}

function What({ expectation, nameOf, onNode }: WhatProps): JSX.Element {
  const t = useWords(words);
  const { kind, value } = expectation;
  const shown = text(value);
  return (
    <>
      {t.rich(`e_${kind}`, {
        value: shown,
        node: nameOf(shown),
        code,
        b: (parts) => (
          <button
            key={shown}
            type="button"
            className="font-medium text-text hover:underline"
            onClick={() => onNode(shown)}
          >
            {parts}
          </button>
        ),
      })}
    </>
  );
}

const text = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

function withoutExpectation(expect: Expected, { kind, value }: Expectation): Expected {
  if (kind === "reached" || kind === "notReached") {
    const left = (expect[kind] ?? []).filter((node) => node !== value);
    const { [kind]: _, ...rest } = expect;
    return left.length === 0 ? rest : { ...rest, [kind]: left };
  }
  const { [kind]: _, ...rest } = expect;
  return rest;
}

/** What happened joins what was expected; it wins where the two are about the same. */
export function joined(before: Expected, happened: Expected): Expected {
  const reached = [...new Set([...(before.reached ?? []), ...(happened.reached ?? [])])];
  return { ...before, ...happened, ...(reached.length > 0 && { reached }) };
}
