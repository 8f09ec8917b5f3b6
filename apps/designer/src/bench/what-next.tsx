import type { Answer, JsonObject } from "@holdfast/dsl";
import { Check, CircleCheck, RotateCcw, Send, SkipForward, Square, X, Zap, type LucideIcon } from "lucide-react";
import { useState, type JSX, type ReactNode } from "react";
import { portWord } from "../canvas/node-words.ts";
import { TaskForm } from "../fields/task-form.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { Select } from "../ui/select.tsx";
import { StatusMark, type Status } from "../ui/status-mark.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { AnswerPanel } from "./answer-panel.tsx";
import type { Need } from "./model/needs.ts";
import { answeringAlways, rested, told, withAnswer, withNext, type Act } from "./model/session.ts";
import { whoOf, type StoryTools } from "./story-text.ts";
import type { Bench } from "./use-bench.ts";
import { words } from "./words.ts";
import { failureText } from "../words/step-errors.ts";

export interface WhatNextProps {
  readonly bench: Bench;
  readonly tools: StoryTools;
  /** The node that is selected on the canvas. */
  readonly selected: string | undefined;
  readonly onEvent: (need: Need | undefined) => void;
}

const keyOf = (need: Need): string => `${need.type} ${need.run} ${need.node}`;

/** What the run waits for, and everything that a person, a system or bad luck could do about it. */
export function WhatNext({ bench, tools, selected, onEvent }: WhatNextProps): JSX.Element | null {
  const t = useWords(words);
  const [picked, setPicked] = useState<string>();
  const { view } = bench;
  if (view === undefined) return null;
  const { needs } = view;
  const need = needs.find((one) => keyOf(one) === picked) ?? needs.find(({ node }) => node === selected) ?? needs[0];
  if (!view.rests) return <Frame head={<StatusMark status="running">{t("moving")}</StatusMark>} />;
  if (need === undefined) {
    const status = view.status === "completed" || view.status === "failed" ? view.status : "canceled";
    return (
      <Frame
        head={
          <>
            <StatusMark status={status}>{t("over", { status })}</StatusMark>
            <span className="text-text-2">{t("overNext")}</span>
          </>
        }
      />
    );
  }
  return (
    <Frame
      head={
        <>
          {needs.length > 1 ? (
            <Select
              size="sm"
              className="max-w-56"
              label={t("whatNext")}
              value={keyOf(need)}
              onChange={setPicked}
              options={needs.map((one, at) => ({
                value: keyOf(one),
                label: tools.nameOf(one.node),
                detail: t("needOf", { n: at + 1, total: needs.length }),
              }))}
            />
          ) : (
            <StatusMark status={STATUS[need.type]}>{tools.nameOf(need.node)}</StatusMark>
          )}
          <span className="min-w-0 text-text-2">
            {waitText(need, tools)} {t("whatNext")}
          </span>
        </>
      }
    >
      <Acts
        key={`${keyOf(need)} ${need.type === "answer" ? need.used : ""}`}
        bench={bench}
        need={need}
        onEvent={() => onEvent(need)}
      />
    </Frame>
  );
}

const STATUS: Readonly<Record<Need["type"], Status>> = {
  answer: "running",
  wait: "waiting",
  sleep: "waiting",
  retry: "waiting",
  pause: "waiting",
  incident: "incident",
};

function waitText(need: Need, { t }: StoryTools): string {
  if (need.type !== "wait") return t(`w_${need.type}`);
  return need.inbox === undefined ? t("w_event") : t("w_wait", { who: whoOf(need.seen?.asked, t) });
}

function Frame({ head, children }: { head: ReactNode; children?: ReactNode }): JSX.Element {
  const t = useWords(words);
  return (
    <section
      aria-label={t("whatNext")}
      className="max-h-[42%] shrink-0 overflow-y-auto border-t border-border bg-surface px-4 pt-3 pb-3.5"
    >
      <div className="flex flex-wrap items-center gap-2">{head}</div>
      {children !== undefined && <div className="mt-2.5">{children}</div>}
    </section>
  );
}

interface ActsProps<N extends Need = Need> {
  readonly bench: Bench;
  readonly need: N;
  readonly onEvent: () => void;
}

function Acts({ bench, need, onEvent }: ActsProps): JSX.Element | null {
  switch (need.type) {
    case "answer":
      return <AnswerActs bench={bench} need={need} onEvent={onEvent} />;
    case "wait":
      return need.inbox === undefined ? (
        <EventActs bench={bench} need={need} onEvent={onEvent} />
      ) : (
        <DecisionActs bench={bench} need={need} onEvent={onEvent} />
      );
    case "sleep":
      return <EndWait bench={bench} need={need} />;
    case "incident":
      return <IncidentActs bench={bench} need={need} onEvent={onEvent} />;
    case "retry":
      return (
        <div>
          <FailMenu
            onFail={(answer) =>
              bench.go(withNext(bench.session, { node: need.node, index: need.used, answer }), { play: false })
            }
          />
        </div>
      );
    default:
      return null;
  }
}

const tell = (bench: Bench, act: Act): void => bench.go(told(rested(bench.session), act));

type Of<T extends Need["type"]> = Extract<Need, { type: T }>;

const OUTCOME_ICON: Readonly<Record<string, LucideIcon>> = { approved: Check, rejected: X };

function DecisionActs({ bench, need, onEvent }: ActsProps<Of<"wait">>): JSX.Element {
  const t = useWords(words);
  const { inbox, node, run } = need;
  const [data, setData] = useState<JsonObject>(inbox?.prefill ?? {});
  const [by, setBy] = useState("tester");
  const [comment, setComment] = useState("");
  const decide = (outcome: string): void =>
    tell(bench, {
      type: "decision",
      node,
      ...(run !== "run" && { run }),
      outcome,
      ...(Object.keys(data).length > 0 && { data }),
      ...(comment !== "" && { comment }),
      by: { id: by === "" ? "tester" : by },
    });
  return (
    <div className="flex flex-col gap-3">
      {inbox?.form !== undefined && <TaskForm schema={inbox.form} values={data} onChange={setData} />}
      <div className="grid grid-cols-2 gap-3">
        <div>
          <Field label={t("decidedBy")}>
            <TextInput value={by} onChange={setBy} />
          </Field>
        </div>
        <div>
          <Field label={t("comment")}>
            <TextInput value={comment} onChange={setComment} />
          </Field>
        </div>
      </div>
      <div data-tour="decide" className="flex flex-wrap items-center gap-1.5">
        {need.outcomes.map(({ port }) => (
          <Button key={port} icon={OUTCOME_ICON[port]} onClick={() => decide(port)}>
            {outcomeWord(port, t)}
          </Button>
        ))}
        <span className="flex-1" />
        <Button icon={Send} onClick={onEvent}>
          {t("event")}
        </Button>
        <EndWait bench={bench} need={need} />
      </div>
    </div>
  );
}

function outcomeWord(port: string, t: StoryTools["t"]): string {
  if (port === "approved") return t("approve");
  if (port === "rejected") return t("reject");
  const word = portWord(port, t.language);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function EventActs({ bench, need, onEvent }: ActsProps<Of<"wait">>): JSX.Element {
  const t = useWords(words);
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {need.outcomes.map(({ port, event, match }) => (
        <Button
          key={`${port} ${event}`}
          icon={Send}
          onClick={() => tell(bench, { type: "event", name: event, data: nested(match) })}
        >
          <code className="text-12">{event}</code>
        </Button>
      ))}
      <span className="flex-1" />
      <Button icon={Send} onClick={onEvent}>
        {t("event")}
      </Button>
      <EndWait bench={bench} need={need} />
    </div>
  );
}

/** Data that a match finds: its dotted paths as objects. */
export function nested(match: JsonObject): JsonObject {
  const data: JsonObject = {};
  for (const [path, value] of Object.entries(match)) {
    const keys = path.split(".");
    const last = keys.pop();
    let at: JsonObject = data;
    for (const key of keys) {
      const next = Object.hasOwn(at, key) ? at[key] : undefined;
      const inner: JsonObject = typeof next === "object" && next !== null && !Array.isArray(next) ? next : {};
      at[key] = inner;
      at = inner;
    }
    if (last !== undefined) at[last] = value;
  }
  return data;
}

function EndWait({ bench, need }: { bench: Bench; need: Of<"wait"> | Of<"sleep"> }): JSX.Element {
  const t = useWords(words);
  const ports =
    need.type === "sleep"
      ? [need.port]
      : [...need.outcomes.map(({ port }) => port), ...(need.deadline === undefined ? [] : [need.deadline.port])];
  const end = (port: string): void =>
    tell(bench, { type: "skip", node: need.node, ...(need.run !== "run" && { run: need.run }), port });
  return (
    <Menu
      trigger={<Button icon={SkipForward}>{t("endWait")}</Button>}
      items={[...new Set(ports)].map((port) => ({ label: portWord(port, t.language), onSelect: () => end(port) }))}
    />
  );
}

function AnswerActs({ bench, need }: ActsProps<Of<"answer">>): JSX.Element {
  const { node, used, params } = need;
  return (
    <div className="flex flex-col gap-3">
      <AnswerPanel
        world={bench.world}
        node={node}
        params={params}
        onAnswer={(answer, source, always) => {
          const at = { node, index: used, answer, source };
          bench.go(always ? answeringAlways(bench.session, at) : withAnswer(bench.session, at), { play: false });
        }}
      />
      <div>
        <FailMenu
          onFail={(answer) => bench.go(withNext(bench.session, { node, index: used, answer }), { play: false })}
        />
      </div>
    </div>
  );
}

/** The three ways in which a try can fail. */
export function FailMenu({ onFail }: { onFail: (answer: Answer) => void }): JSX.Element {
  const t = useWords(words);
  const message = t("failMessage");
  const items: MenuItem[] = [
    { label: t("failRetry"), onSelect: () => onFail({ error: { code: "test_error", kind: "error", message } }) },
    { label: t("failFatal"), onSelect: () => onFail({ error: { code: "test_fatal", kind: "fatal", message } }) },
    { label: t("failUnknown"), onSelect: () => onFail({ error: { code: "test_unknown", kind: "unknown", message } }) },
  ];
  return <Menu align="start" trigger={<Button icon={Zap}>{t("makeFail")}</Button>} items={items} />;
}

function IncidentActs({ bench, need }: ActsProps<Of<"incident">>): JSX.Element {
  const t = useWords(words);
  const [done, setDone] = useState(false);
  const { node, run, incident, error } = need;
  const undo = incident === "compensation_failed";
  const about = { type: "incident", node, ...(run !== "run" && { run }) } as const;
  if (done) {
    return (
      <AnswerPanel
        world={bench.world}
        node={node}
        onAnswer={(answer) => {
          if (!("output" in answer)) return;
          const { output, port = "out" } = answer;
          tell(bench, { ...about, action: "complete", port, ...(isObject(output) && { output }) });
        }}
      />
    );
  }
  return (
    <div className="flex flex-col gap-2.5">
      <p className="text-12 text-incident-text">{failureText(error)}</p>
      <div className="flex flex-wrap gap-1.5">
        <Button
          icon={CircleCheck}
          onClick={() => (undo ? tell(bench, { ...about, action: "complete" }) : setDone(true))}
        >
          {t("itWasDone")}
        </Button>
        <Button icon={RotateCcw} onClick={() => tell(bench, { ...about, action: "retry" })}>
          {t("tryAgain")}
        </Button>
        <Button icon={Square} onClick={() => tell(bench, { ...about, action: "fail" })}>
          {t("giveUp")}
        </Button>
      </div>
    </div>
  );
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
