import type { Json } from "@holdfast/dsl";
import {
  Bot,
  ChevronRight,
  Footprints,
  Hourglass,
  type LucideIcon,
  User,
  Workflow,
  Wrench,
  X,
  Zap,
} from "lucide-react";
import { useState, type JSX, type ReactNode } from "react";
import { portWord } from "../../canvas/node-words.ts";
import type { RunDetails } from "../../rpc/outputs.ts";
import { cx } from "../../ui/cx.ts";
import { Section } from "../../ui/section.tsx";
import { durationText, exactText } from "../../ui/time.ts";
import { Value } from "../../ui/value.tsx";
import { useWords, type Translate } from "../../words/use-words.tsx";
import { didIn, type Did } from "./did.ts";
import { didWords } from "./did-words.ts";
import { MaybeLarge } from "./maybe-large.tsx";
import { partName } from "./part-name.ts";
import { partsOf } from "./run-facts.ts";
import type { RunStep } from "./run-step.ts";

type T = Translate<keyof (typeof didWords)["en"]>;

const ICON: Readonly<Record<Did["kind"], LucideIcon>> = {
  model: Bot,
  tool: Wrench,
  person: User,
  flow: Workflow,
  event: Zap,
  waited: Hourglass,
  tried: X,
  failed: X,
  part: Footprints,
};

export interface DidSectionProps {
  readonly details: RunDetails;
  readonly node: string;
}

/** The parts of a step in their order: turns of a model, tools with what they were given and gave, people, waits. */
export function DidSection({ details, node }: DidSectionProps): JSX.Element | null {
  const t = useWords(didWords);
  const parts = partsOf(details, node).filter(({ finishedAt }) => finishedAt !== null);
  if (parts.length === 0) return null;
  return (
    <Section title={t("title")}>
      <ol className="flex flex-col">
        {parts.map((part, index) => (
          <Part key={part.id} part={part} run={details.run.id} n={index + 1} />
        ))}
      </ol>
    </Section>
  );
}

interface PartProps {
  readonly part: RunStep;
  readonly run: string;
  readonly n: number;
}

function Part({ part, run, n }: PartProps): JSX.Element {
  const t = useWords(didWords);
  const [open, setOpen] = useState(false);
  const did = didIn(part);
  const Icon = ICON[did.kind];
  const large = part.large.includes("output");
  const more = large ? <MaybeLarge run={run} step={part} part="output" /> : moreOf(did, t);
  const bad = did.kind === "failed" || did.kind === "tried" || ("error" in did && did.error !== undefined);
  const at = new Date(part.finishedAt ?? part.startedAt);
  const line = (
    <>
      <Icon
        aria-hidden
        className={cx("size-3.5 shrink-0 translate-y-0.5", bad ? "text-failed-text" : "text-text-3")}
        strokeWidth={1.75}
      />
      <span className="min-w-0 flex-1 text-left break-words">{sentence(did, t)}</span>
      <time
        dateTime={at.toISOString()}
        title={exactText(at, t.language)}
        className="shrink-0 text-12 text-text-3 tabular-nums"
      >
        {durationText(at.getTime() - Date.parse(part.startedAt), t.language)}
      </time>
    </>
  );
  const row = "flex w-full items-baseline gap-2 py-1.5";
  return (
    <li className="border-b border-border last:border-b-0" data-part={part.call}>
      {more === null ? (
        <div className={cx(row, "pr-[22px]")}>{line}</div>
      ) : (
        <button
          type="button"
          aria-expanded={open}
          aria-description={t("details", { n })}
          onClick={() => setOpen(!open)}
          className={cx(row, "rounded-xs hover:bg-surface-hover pointer-coarse:py-3")}
        >
          {line}
          <ChevronRight
            aria-hidden
            className={cx("size-3.5 shrink-0 translate-y-0.5 text-text-3 transition-transform", open && "rotate-90")}
            strokeWidth={1.75}
          />
        </button>
      )}
      {open && <div className="flex flex-col gap-2 pb-2.5 pl-[22px]">{more}</div>}
    </li>
  );
}

const name = (chunks: ReactNode): ReactNode => <b className="font-medium">{chunks}</b>;

function sentence(did: Did, t: T): ReactNode {
  switch (did.kind) {
    case "model": {
      const tools = did.wishes.map(({ tool }) => tool).join(", ");
      return tools === "" ? t("answered") : t.rich("wishes", { t: name, tools });
    }
    case "tool": {
      const { tool, error, approvedBy: by } = did;
      if (error !== undefined) return t.rich("toolFailed", { t: name, tool, error });
      return by === undefined ? t.rich("tool", { t: name, tool }) : t.rich("toolAllowed", { t: name, tool, by });
    }
    case "person":
      return (
        <>
          {t.rich("person", { t: name, by: did.by, outcome: portWord(did.outcome, t.language) })}
          {did.comment !== undefined && <span className="text-text-2"> {t("said", { comment: did.comment })}</span>}
        </>
      );
    case "event":
      return did.outcome === "timeout"
        ? t("timeout")
        : t.rich("event", { t: name, outcome: portWord(did.outcome, t.language) });
    case "flow":
      return did.error === undefined ? t("flow") : t("flowFailed", { error: did.error });
    case "waited":
      return t("waited");
    case "tried":
      return t("tried", { error: did.error });
    case "failed":
      return t.rich("failed", { t: name, name: partName(did.name, t.language), error: did.error });
    case "part": {
      const called = partName(did.name, t.language);
      return called === did.name ? name(called) : called;
    }
  }
}

/** What there is to see besides. */
function moreOf(did: Did, t: T): JSX.Element | null {
  switch (did.kind) {
    case "model":
      return did.text === "" && did.wishes.length === 0 ? null : (
        <>
          {did.text !== "" && <Value value={did.text} />}
          {did.wishes.map((wish, index) => (
            <Named key={`${wish.tool} ${index}`} label={wish.tool} value={wish.arguments} />
          ))}
        </>
      );
    case "tool":
      return (
        <>
          <Named label={t("arguments")} value={did.arguments} />
          {did.result !== undefined && <Named label={t("result")} value={did.result} />}
        </>
      );
    case "person":
    case "event":
      return isEmpty(did.data) ? null : <Value value={did.data} />;
    case "flow":
      return did.output === undefined ? null : <Value value={did.output} />;
    case "part":
      return did.value === null ? null : <Value value={did.value} />;
    default:
      return null;
  }
}

function isEmpty(data: Json | undefined): boolean {
  return data === undefined || data === null || (typeof data === "object" && Object.keys(data).length === 0);
}

function Named({ label, value }: { readonly label: string; readonly value: Json }): JSX.Element {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-12 text-text-3">{label}</p>
      <Value value={value} />
    </div>
  );
}
