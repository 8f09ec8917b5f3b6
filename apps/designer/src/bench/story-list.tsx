import { FlaskConical, RotateCcw } from "lucide-react";
import { Fragment, useEffect, useRef, type JSX, type ReactNode } from "react";
import { cx } from "../ui/cx.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { useWords } from "../words/use-words.tsx";
import { sourceKey, without, type Session } from "./model/session.ts";
import type { StoryEntry } from "./model/story.ts";
import type { BenchView } from "./model/view.ts";
import { roundOf, sentenceFor, type StoryTools } from "./story-text.ts";
import { words } from "./words.ts";

export const strong = (parts: ReactNode[]): ReactNode => (
  <b key="b" className="font-medium text-text">
    {parts}
  </b>
);
export const code = (parts: ReactNode[]): ReactNode => (
  <code key="code" className="text-[11.5px] break-words text-text">
    {parts}
  </code>
);

export interface StoryProps {
  readonly view: BenchView;
  readonly session: Session;
  readonly tools: StoryTools;
  readonly next: ReactNode;
  readonly onEditInput: () => void;
  readonly onChange: (entry: StoryEntry) => void;
  readonly onNode: (id: string) => void;
  readonly onSession: (session: Session) => void;
}

/** Shorter pauses need no fold. */
const FOLDED = 60_000;

/** Everything that has happened, on the spine; where time has passed it is folded. */
export function StoryList(props: StoryProps): JSX.Element {
  const { view, tools, next } = props;
  const { t, times } = tools;
  const end = useRef<HTMLLIElement>(null);
  const count = view.story.length + (next === null ? 0 : 1);
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [count]);
  return (
    <ol aria-label={t("story")} className="relative m-0 list-none py-1.5 pr-4 pl-0">
      {view.story.map((entry, at) => {
        const before = view.story[at - 1];
        const gap = before === undefined ? 0 : entry.at - before.at;
        return (
          <Fragment key={`${at} ${entry.kind} ${entry.node ?? ""}`}>
            {gap >= FOLDED && <Fold text={t("passes", { time: times.length(gap) })} />}
            <Entry {...props} entry={entry} label={labelOf(entry, before, tools)} first={at === 0} />
          </Fragment>
        );
      })}
      {next !== null && (
        <li className={ROW}>
          <span className="text-right text-12/5 text-text-3">{t("next")}</span>
          <Spine kind="next" />
          <div className="text-text-3">{next}</div>
        </li>
      )}
      <li aria-hidden ref={end} />
    </ol>
  );
}

const ROW =
  "relative grid grid-cols-[minmax(0,104px)_24px_minmax(0,1fr)_auto] items-start gap-x-2.5 py-[5px] max-sm:grid-cols-[minmax(0,76px)_24px_minmax(0,1fr)_auto]";

/** The whole time where the minute is another than before, else the seconds. */
function labelOf(entry: StoryEntry, before: StoryEntry | undefined, { t, times }: StoryTools): string {
  const time = times.time(entry.at);
  const same = before !== undefined && Math.floor(before.at / 60_000) === Math.floor(entry.at / 60_000);
  return same ? `:${time.slice(-2)}` : t("day", { day: times.day(entry.at), time });
}

const OPEN: ReadonlySet<string> = new Set(["asked", "waits", "sleeps"]);

function Entry(
  props: StoryProps & { readonly entry: StoryEntry; readonly label: string; readonly first: boolean },
): JSX.Element {
  const { entry, label, first, tools, onNode } = props;
  const { t } = tools;
  const { word, values } = sentenceFor(entry, tools);
  const open = OPEN.has(entry.kind) && entry.wait?.closedAt === undefined;
  const round = roundOf(entry, tools.flow);
  const node = entry.node;
  return (
    <li className={ROW}>
      <span className="text-right text-12/5 text-text-3 tabular-nums">{label}</span>
      <Spine kind={markOf(entry, open)} first={first} />
      <div className="min-w-0 text-text-2">
        {round !== undefined && <span className="mr-1.5 text-12 text-text-3">{t("round", { n: round + 1 })}</span>}
        {node === undefined ? (
          t.rich(word, { ...values, b: strong, code })
        ) : (
          <span>
            {t.rich(word, {
              ...values,
              code,
              b: (parts) => (
                <button
                  key={node}
                  type="button"
                  className="font-medium text-text hover:underline"
                  onClick={() => onNode(node)}
                >
                  {parts}
                </button>
              ),
            })}
          </span>
        )}
        <Below entry={entry} open={open} session={props.session} tools={tools} />
      </div>
      <EntryActs {...props} />
    </li>
  );
}

const BROKEN: ReadonlySet<string> = new Set(["failed", "tryFailed", "notDone", "undoFailed", "refused"]);

function markOf({ kind }: StoryEntry, open: boolean): Mark {
  if (open) return "open";
  if (BROKEN.has(kind)) return "failed";
  return kind === "incident" ? "incident" : "done";
}

function Below({
  entry,
  open,
  session,
  tools,
}: {
  entry: StoryEntry;
  open: boolean;
  session: Session;
  tools: StoryTools;
}): JSX.Element | null {
  const { t, times } = tools;
  if (open) {
    const deadline = entry.wait?.deadline;
    const text =
      deadline === undefined
        ? t("waitsForever")
        : t("waitsUntil", { day: times.day(deadline), time: times.time(deadline) });
    return <div className="text-12 text-waiting-text">{text}</div>;
  }
  if (entry.again !== undefined) {
    return <div className="text-12 text-text-3">{t("s_again", { time: times.length(entry.again - entry.at) })}</div>;
  }
  if (entry.answer === undefined || entry.node === undefined) return null;
  const source = session.sources[sourceKey(entry.node, entry.answer)];
  const text = sourceText(source, t);
  return (
    <div className="flex items-center gap-1.5 text-12 text-text-3">
      <FlaskConical aria-hidden className="size-3" strokeWidth={1.75} />
      {text}
    </div>
  );
}

function sourceText(source: Session["sources"][string] | undefined, t: StoryTools["t"]): string {
  if (source === undefined) return t("fromScenario");
  if (source.from === "run") return t("fromRun", { run: source.run });
  return t(source.from === "model" ? "fromModel" : "byHand");
}

const LINK = "text-12/5 text-accent-text hover:underline pointer-coarse:min-h-11";

function EntryActs({
  entry,
  session,
  onEditInput,
  onChange,
  onSession,
}: StoryProps & { readonly entry: StoryEntry }): JSX.Element | null {
  const t = useWords(words);
  const { deed } = entry;
  if (entry.kind === "started") {
    return (
      <button type="button" className={LINK} onClick={onEditInput}>
        {t("editInput")}
      </button>
    );
  }
  if (entry.answer !== undefined) {
    return (
      <button type="button" className={LINK} onClick={() => onChange(entry)}>
        {t("change")}
      </button>
    );
  }
  if (deed === undefined || !BY_DEED.has(entry.kind)) return null;
  return (
    <IconButton size="sm" icon={RotateCcw} label={t("undoDeed")} onClick={() => onSession(without(session, deed))} />
  );
}

const BY_DEED: ReadonlySet<string> = new Set([
  "decided",
  "received",
  "skipped",
  "resolved",
  "notDone",
  "unheard",
  "runCanceled",
]);

type Mark = "done" | "open" | "failed" | "incident" | "next";

const MARK: Readonly<Record<Mark, string>> = {
  done: "size-[9px] rounded-[1.5px] bg-edge-taken",
  open: "size-[11px] rounded-full border-2 border-waiting bg-surface",
  failed: "size-[9px] rounded-[1.5px] bg-failed",
  incident: "size-[11px] rounded-full border-2 border-incident bg-surface",
  next: "hidden",
};

function Spine({ kind, first = false }: { kind: Mark; first?: boolean }): JSX.Element {
  return (
    <span aria-hidden className="relative grid w-6 content-start justify-items-center self-stretch pt-[5.5px]">
      <span
        className={cx(
          "absolute left-[11px] w-0.5",
          first ? "top-2.5" : "-top-1.5",
          kind === "next"
            ? "bottom-0 bg-[repeating-linear-gradient(var(--hf-edge)_0_3px,transparent_3px_6px)]"
            : "-bottom-1.5 bg-edge-taken",
        )}
      />
      <span className={cx("relative", MARK[kind])} />
    </span>
  );
}

/** Time was cut out here. */
function Fold({ text }: { text: string }): JSX.Element {
  return (
    <li className="grid h-[26px] grid-cols-[minmax(0,104px)_24px_minmax(0,1fr)] items-center gap-x-2.5 text-12 text-waiting-text max-sm:grid-cols-[minmax(0,76px)_24px_minmax(0,1fr)]">
      <span />
      <span aria-hidden className="relative z-10 h-[26px] w-6 bg-surface">
        <svg viewBox="0 0 24 26" fill="none" className="h-[26px] w-6 stroke-waiting stroke-2">
          <path d="M12 0v5l5 4-10 8 5 4v5" />
        </svg>
      </span>
      <span>{text}</span>
    </li>
  );
}
