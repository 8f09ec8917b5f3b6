import { type FlowDocument, isDuration, parseDuration } from "@holdfast/dsl";
import { Ban, FastForward, RotateCcw, SkipForward, Timer, Undo2 } from "lucide-react";
import { useMemo, useState, type JSX } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu } from "../ui/menu.tsx";
import { Popover } from "../ui/popover.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { TimeRail } from "../ui/time-rail.tsx";
import { useWords } from "../words/use-words.tsx";
import { type Clock, type ClockMark, DAY, railOf } from "./model/clock.ts";
import { nextStep, skipAhead } from "./model/next.ts";
import { movedTo, playedOut, restarted, rested, told } from "./model/session.ts";
import { usesWorkingTime } from "./model/working-time.ts";
import type { Times } from "./times.ts";
import type { Bench } from "./use-bench.ts";
import { words } from "./words.ts";

export interface BenchActs {
  readonly restart: () => void;
  readonly next: () => void;
  readonly ahead: () => void;
}

/** What the buttons and the keys do. */
export function benchActs(bench: Bench): BenchActs {
  const { session, view } = bench;
  return {
    restart: () => bench.go(restarted(session), { play: false }),
    next: () => {
      if (view === undefined) return;
      if (!view.rests) bench.step();
      else forward(bench, nextStep(session, view));
    },
    ahead: () => {
      if (view !== undefined) forward(bench, skipAhead(session, view));
    },
  };
}

function forward(bench: Bench, next: Bench["session"] | undefined): void {
  if (next !== undefined) bench.go(next);
}

export function ClockBar({ bench, times }: { bench: Bench; times: Times }): JSX.Element | null {
  const t = useWords(words);
  const { view, session } = bench;
  if (view === undefined) return null;
  const { clock } = view;
  const acts = benchActs(bench);
  const days = Math.max(times.day(clock.end), Math.ceil((clock.end - clock.start) / DAY));
  return (
    <section aria-label={t("clock")} className="border-b border-border bg-surface-sunken px-4 pt-3 pb-3.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-20 font-semibold whitespace-nowrap tabular-nums">
          {t("day", { day: times.day(clock.now), time: times.time(clock.now) })}
        </span>
        <span className="min-w-0 truncate text-12 text-text-3">{t("clock")}</span>
        <span className="ml-auto flex items-center gap-2">
          <span className="text-12 whitespace-nowrap text-text-2">{t("atMost", { days })}</span>
          <span className="-my-1 flex">
            <IconButton icon={Undo2} label={t("back")} disabled={!bench.canGoBack} onClick={bench.back} />
            <SkipOther bench={bench} />
            {session.script !== undefined && session.done < session.deeds.length && (
              <IconButton icon={SkipForward} label={t("toEnd")} onClick={() => bench.go(playedOut(session))} />
            )}
          </span>
        </span>
      </div>
      <ClockRail clock={clock} times={times} />
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button icon={RotateCcw} onClick={acts.restart}>
          {t("restart")}
        </Button>
        {!view.over && <CancelMenu bench={bench} />}
        <span className="flex-1" />
        <Button
          kbd="→"
          aria-keyshortcuts="ArrowRight"
          disabled={view.rests && clock.next === undefined}
          onClick={acts.next}
        >
          {t("nextStep")}
        </Button>
        <AheadButton bench={bench} times={times} onClick={acts.ahead} />
      </div>
    </section>
  );
}

/** As somebody would cancel a run: with or without undoing what was done. */
function CancelMenu({ bench }: { bench: Bench }): JSX.Element {
  const t = useWords(words);
  const cancel = (mode: "cancel" | "terminate"): void =>
    bench.go(told(rested(bench.session), { type: "cancel", ...(mode === "terminate" && { mode }) }));
  return (
    <Menu
      align="start"
      trigger={<Button icon={Ban}>{t("cancelRun")}</Button>}
      items={[
        { label: t("cancelUndo"), onSelect: () => cancel("cancel") },
        { label: t("cancelNow"), onSelect: () => cancel("terminate") },
      ]}
    />
  );
}

function AheadButton({ bench, times, onClick }: { bench: Bench; times: Times; onClick: () => void }): JSX.Element {
  const t = useWords(words);
  const { view } = bench;
  const next = view?.clock.next;
  if (view?.rests === true && next === undefined) {
    return <span className="text-12 text-text-3">{view.over ? "" : t("nothingLater")}</span>;
  }
  return (
    <Button
      data-tour="skip"
      variant="primary"
      icon={FastForward}
      kbd="⇧→"
      aria-keyshortcuts="Shift+ArrowRight"
      onClick={onClick}
    >
      {view?.rests === true && next !== undefined ? skipText(next, view.clock, times, t) : t("runOn")}
    </Button>
  );
}

function skipText(
  next: ClockMark,
  clock: Clock,
  times: Times,
  t: ReturnType<typeof useWords<keyof (typeof words)["en"]>>,
): string {
  const length = next.at - clock.now;
  return length <= 0 ? t("doNow") : t("skipTo", { kind: next.kind, time: times.length(length) });
}

function SkipOther({ bench }: { bench: Bench }): JSX.Element {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("1d");
  const fits = isDuration(text);
  const skip = (): void => {
    if (!fits) return;
    const session = rested(bench.session);
    bench.go(movedTo(session, session.until + parseDuration(text)));
    setOpen(false);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton icon={Timer} label={t("skipOther")} />}
      title={t("skipOther")}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          skip();
        }}
      >
        <Field label={t("skipFor")} help={t("skipHelp")} error={fits ? undefined : t("notDuration")}>
          <TextInput value={text} onChange={setText} mono />
        </Field>
        <Button type="submit" variant="primary" className="mt-3" disabled={!fits}>
          {t("skip")}
        </Button>
      </form>
    </Popover>
  );
}

function ClockRail({ clock, times }: { clock: Clock; times: Times }): JSX.Element {
  const t = useWords(words);
  const length = Math.max(clock.end - clock.start, 1_000);
  const { unit, total } = railOf(length);
  const share = (at: number): number => Math.max(0, Math.min(1, (at - clock.start) / length));
  const ahead = clock.marks.filter(({ at }) => at > clock.now && at <= clock.end);
  return (
    <>
      <div className="relative mt-2.5 mb-1">
        <TimeRail
          total={total}
          done={(clock.now - clock.start) / unit}
          marks={clock.marks.filter(({ kind }) => kind === "reminder").map(({ at }) => (at - clock.start) / unit)}
          label={t("clockLabel", { day: times.day(clock.now), time: times.time(clock.now), marks: ahead.length })}
        />
        <span
          aria-hidden
          className="absolute -top-[7px] h-[19px] w-0.5 rounded-[1px] bg-accent transition-[left] duration-(--hf-slow)"
          style={{ left: `calc(${share(clock.now) * 100}% - 1px)` }}
        />
      </div>
      <div className="relative h-4 text-11 text-text-3 tabular-nums" aria-hidden>
        <span className="absolute left-0">{t("start")}</span>
        {labelsOf(clock, share).map(({ mark, left }) => (
          <span
            key={`${mark.kind} ${mark.at}`}
            className="absolute whitespace-nowrap"
            style={left > 0.82 ? { right: 0 } : { left: `${left * 100}%`, transform: "translateX(-50%)" }}
          >
            {t("mark", { kind: mark.kind, day: times.day(mark.at) })}
          </span>
        ))}
      </div>
    </>
  );
}

/** As many as have room, the nearest to come first. */
function labelsOf(clock: Clock, share: (at: number) => number): { mark: ClockMark; left: number }[] {
  const wanted = clock.marks
    .filter(({ at }) => at <= clock.end && at > clock.start)
    .toSorted((a, b) => Number(a.past) - Number(b.past) || (a.past ? b.at - a.at : a.at - b.at));
  const placed: { mark: ClockMark; left: number }[] = [];
  for (const mark of wanted) {
    const left = share(mark.at);
    const middle = middleOf(left);
    const free = placed.every((one) => Math.abs(middleOf(one.left) - middle) > 0.27);
    if (middle > 0.2 && free) placed.push({ mark, left });
  }
  return placed;
}

/** Where a label's middle comes to stand; at the right end it is pushed in. */
const middleOf = (left: number): number => (left > 0.82 ? 0.88 : left);

/** Whichever calendar a flow names, its hours are not known to a test run. */
export function CalendarNote({ flow }: { readonly flow: FlowDocument }): JSX.Element | null {
  const t = useWords(words);
  const used = useMemo(() => usesWorkingTime(flow), [flow]);
  if (!used) return null;
  return <p className="shrink-0 border-b border-border px-4 py-1.5 text-12 text-text-2">{t("defaultCalendar")}</p>;
}
