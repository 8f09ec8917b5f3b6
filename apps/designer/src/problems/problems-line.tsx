import type { FlowDocument, Issue, NodeManifest } from "@holdfast/dsl";
import { Check, ChevronDown, ChevronUp, Info, TriangleAlert } from "lucide-react";
import { useEffect, useMemo, useState, type JSX } from "react";
import { portWord } from "../canvas/node-words.ts";
import type { Fix } from "../flow/fixes.ts";
import { fixWords } from "../flow/words.ts";
import { announce } from "../keys/announce.ts";
import { useCommands } from "../keys/use-commands.ts";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { done } from "../ui/toast.ts";
import { hintIn } from "../words/hints.ts";
import type { Language } from "../words/language.ts";
import { useWords } from "../words/use-words.tsx";
import { countOf, groupProblems, stepTo, type Problem, type ProblemGroup } from "./groups.ts";
import { spokenNode, type IssueSource } from "./issue-place.ts";
import { issueText, issueWords, saysWhatToDo } from "./issue-words.ts";
import { useFixes } from "./use-fixes.ts";
import { words } from "./words.ts";

export interface ProblemsLineProps {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly issues: readonly Issue[];
  /** Selects the node and puts the focus into the field; without a node it is the flow's own. */
  readonly onGoTo: (problem: {
    readonly node: string | undefined;
    readonly pointer: string;
    readonly issue: Issue;
  }) => void;
  /** Does something to the flow, as one entry of the history. Absent: it can't be changed. */
  readonly onFix?: ((label: string, apply: (flow: FlowDocument) => FlowDocument) => void) | undefined;
}

/** One line below the canvas: how many problems there are and the first of them. It opens to all. */
export function ProblemsLine(props: ProblemsLineProps): JSX.Element | null {
  const { flow, issues, onGoTo } = props;
  const t = useWords(words);
  const say = useWords(issueWords);
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState<Issue>();
  const groups = useMemo(() => groupProblems(flow, issues), [flow, issues]);
  const all = useMemo(() => groups.flatMap(({ problems }) => problems), [groups]);
  useCountInTitle(countOf(issues, "error"));
  const goTo = (problem: Problem): void => {
    setCurrent(problem.issue);
    announce(issueText(problem.issue, say, props));
    onGoTo({ node: problem.node, pointer: problem.issue.pointer, issue: problem.issue });
  };
  const step = (by: 1 | -1): void => {
    const next = stepTo(all, current, by);
    if (next !== undefined) goTo(next);
  };
  const some = (): boolean => all.length > 0;
  const group = t("problems");
  useCommands([
    { id: "problems.next", label: t("next"), keys: "F8", group, when: some, inInputs: true, run: () => step(1) },
    {
      id: "problems.previous",
      label: t("previous"),
      keys: "⇧F8",
      group,
      when: some,
      inInputs: true,
      run: () => step(-1),
    },
    { id: "problems.show", label: t(open ? "hide" : "show"), group, when: some, run: () => setOpen(!open) },
  ]);
  const worst = all.find(({ issue }) => issue.severity === "error") ?? all[0];
  const first = all.find(({ issue }) => issue === current) ?? worst;
  if (first === undefined) return null;
  return (
    <section
      aria-label={t("problems")}
      className="flex max-h-full w-full max-w-[560px] min-w-0 flex-col overflow-hidden rounded-md border border-border-strong bg-surface-raised shadow-float"
    >
      {open && (
        <ol className="m-0 max-h-80 min-h-0 list-none overflow-y-auto border-b border-border p-0">
          {groups.map((one) => (
            <Group key={one.key} {...props} group={one} current={current} onGoTo={goTo} />
          ))}
        </ol>
      )}
      <div className="flex items-center gap-2 py-1.5 pr-1.5 pl-3">
        <Count issues={issues} />
        {!open && (
          <div className="min-w-0 flex-1">
            <Row {...props} problem={first} name={nameOf(groups, first)} onGoTo={goTo} current={false} />
          </div>
        )}
        {open && <span className="flex-1" />}
        <IconButton
          icon={open ? ChevronDown : ChevronUp}
          label={t(open ? "hide" : "show")}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </div>
    </section>
  );
}

function Count({ issues }: { issues: readonly Issue[] }): JSX.Element {
  const t = useWords(words);
  const errors = countOf(issues, "error");
  const warnings = countOf(issues, "warning");
  const [Icon, hue] = errors > 0 ? [TriangleAlert, "text-failed-text"] : [Info, "text-waiting-text"];
  const onlyErrors = warnings === 0 ? "count" : "both";
  return (
    <span role="status" className={`inline-flex shrink-0 items-center gap-1.5 text-12 font-medium ${hue}`}>
      <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
      {t(errors === 0 ? "warnings" : onlyErrors, { errors, warnings })}
    </span>
  );
}

function nameOf(groups: readonly ProblemGroup[], problem: Problem): string {
  return groups.find(({ problems }) => problems.includes(problem))?.name ?? "";
}

interface GroupProps extends Omit<ProblemsLineProps, "onGoTo"> {
  readonly group: ProblemGroup;
  readonly current: Issue | undefined;
  readonly onGoTo: (problem: Problem) => void;
}

function Group({ group, current, ...rest }: GroupProps): JSX.Element {
  const t = useWords(words);
  return (
    <li className="border-b border-border px-3 py-2 last:border-b-0">
      <h3 className="mb-1 text-12 font-semibold">{group.kind === "node" ? group.name : t(group.kind)}</h3>
      <ul className="m-0 flex list-none flex-col gap-1.5 p-0">
        {group.problems.map((problem) => (
          <li key={`${problem.issue.code} ${problem.issue.pointer} ${problem.issue.range?.start ?? ""}`}>
            <Row {...rest} problem={problem} name="" current={problem.issue === current} />
          </li>
        ))}
      </ul>
    </li>
  );
}

interface RowProps extends Omit<ProblemsLineProps, "onGoTo"> {
  readonly problem: Problem;
  readonly name: string;
  readonly current: boolean;
  readonly onGoTo: (problem: Problem) => void;
}

function Row({ flow, manifests, problem, name, current, onGoTo, onFix }: RowProps): JSX.Element {
  const t = useWords(words);
  const say = useWords(issueWords);
  const fixWord = useWords(fixWords);
  const { issue } = problem;
  const wrong = issue.severity === "error";
  const hint = saysWhatToDo(issue) ? undefined : hintIn(say.language, issue.hint);
  const [fix] = useFixes(onFix === undefined ? undefined : { flow, manifests, issue });
  const fixLabel = fix && fixWord(fix.label, spokenValues(fix, { flow, manifests }, fixWord.language));
  return (
    <div aria-current={current ? "true" : undefined} className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-12">
      {name === "" && (
        <span className={wrong ? "text-failed-text" : "text-waiting-text"}>
          <TriangleAlert aria-hidden className="inline size-3 align-[-1px]" strokeWidth={1.75} />
          <span className="sr-only">{t(issue.severity)}</span>
        </span>
      )}
      <span className={cx("min-w-48 flex-1 text-text-2", name !== "" && "line-clamp-4")}>
        {name !== "" && <b className="font-medium text-text">{name}: </b>}
        {issueText(issue, say, { flow, manifests })}
        {hint !== undefined && <span className="text-text-3"> {hint}</span>}
      </span>
      <button
        type="button"
        className="shrink-0 text-accent-text hover:underline pointer-coarse:min-h-11"
        onClick={() => onGoTo(problem)}
      >
        {t("goTo")}
      </button>
      {fix !== undefined && fixLabel !== undefined && onFix !== undefined && (
        <Button
          size="sm"
          variant="ghost"
          icon={Check}
          className="h-auto min-h-6 max-w-full text-left whitespace-normal"
          onClick={() => {
            onFix(fixLabel, fix.apply);
            done(t("fixed", { fix: fixLabel }));
          }}
        >
          {fixLabel}
        </Button>
      )}
    </div>
  );
}

/** Cards and their outcomes by their names. */
function spokenValues({ values = {} }: Fix, source: IssueSource, language: Language): Fix["values"] {
  const { node, port } = values;
  return {
    ...values,
    ...(node !== undefined && { node: spokenNode(source, node) }),
    ...(port !== undefined && { port: portWord(port, language) }),
  };
}

/** The tab tells it when the page is not looked at. */
function useCountInTitle(count: number): void {
  const t = useWords(words);
  useEffect(() => {
    const title = document.title.replace(/^\(\d+\) /, "");
    document.title = count === 0 ? title : t("inTitle", { count, title });
    return () => {
      document.title = document.title.replace(/^\(\d+\) /, "");
    };
  }, [count, t]);
}
