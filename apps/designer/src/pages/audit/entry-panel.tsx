import { diffValues, type Json, type JsonObject } from "@holdfast/dsl";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, X } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { exactText } from "../../ui/time.ts";
import { Value } from "../../ui/value.tsx";
import { readable } from "../../values/readable.ts";
import type { Language } from "../../words/language.ts";
import { useWords } from "../../words/use-words.tsx";
import { actionText, doorText, type Entry, targetText, whoText } from "./entry-text.ts";
import { words } from "./words.ts";

export interface EntryPanelProps {
  readonly id: string;
  /** If the list has it. */
  readonly known: Entry | undefined;
  readonly onClose: () => void;
}

/** One entry: who, when, from where; what it changed, and what whoever decided saw. */
export function EntryPanel({ id, known, onClose }: EntryPanelProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const found = useQuery({ ...trpc.audit.get.queryOptions({ id }), enabled: known === undefined });
  const entry = known ?? found.data;
  return (
    <aside
      aria-label={t("entry", { id })}
      className="flex w-[392px] shrink-0 flex-col overflow-y-auto border-l border-border bg-surface max-lg:w-full max-lg:border-l-0"
    >
      <header className="flex items-center gap-2 border-b border-border px-4 py-2">
        <h2 className="flex-1 text-14 font-semibold tabular-nums">{t("entry", { id })}</h2>
        <IconButton icon={X} size="sm" label={t("close")} onClick={onClose} />
      </header>
      {entry === undefined && found.error === null && (
        <div className="hf-late flex flex-col gap-3 p-4">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-full" />
        </div>
      )}
      {entry === undefined && found.error !== null && (
        <ErrorState title={t("failed")} error={found.error} retry={() => void found.refetch()} />
      )}
      {entry !== undefined && <EntryDetails entry={entry} />}
    </aside>
  );
}

function EntryDetails({ entry }: { readonly entry: Entry }): JSX.Element {
  const t = useWords(words);
  const { saw, after } = withoutSaw(entry.after);
  const changes = changesOf(entry.before, after);
  return (
    <div className="flex flex-col gap-4 p-4">
      <p className="text-14 font-semibold">{actionText(entry.action, t)}</p>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-13">
        <Fact name={t("by")}>
          {entry.name !== null && entry.actor.kind === "key"
            ? t("byKey", { name: entry.name, key: entry.actor.id })
            : whoText(entry, t)}
        </Fact>
        <Fact name={t("exactly")}>{exactText(new Date(entry.at), t.language)}</Fact>
        <Fact name={t("from")}>{doorText(entry.door, t)}</Fact>
        <Fact name={t("colTarget")}>
          <Target target={entry.target} />
        </Fact>
      </dl>
      {changes.length > 0 && (
        <section>
          <h3 className="mb-1 text-12 font-medium text-text-2">{t(entry.before === null ? "set" : "changes")}</h3>
          <ul className="flex flex-col divide-y divide-border border-y border-border text-13">
            {changes.map((change) => (
              <ChangeLine key={change.name} {...change} />
            ))}
          </ul>
        </section>
      )}
      {saw !== undefined && (
        <section>
          <h3 className="mb-1 text-12 font-medium text-text-2">{t("saw")}</h3>
          <Value value={saw} />
        </section>
      )}
      <section>
        <h3 className="mb-1 text-12 font-medium text-text-2">{t("hash")}</h3>
        <code className="font-mono text-11 break-all text-text-2">{entry.hash}</code>
      </section>
      <Link to="/audit" search={{ target: entry.target }} className="text-13 font-medium text-accent-text">
        {t("allOf")}
      </Link>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): JSX.Element {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** Leads to what it was done to, where that has a page. */
function Target({ target }: { readonly target: string }): JSX.Element {
  const id = target.slice(target.indexOf(":") + 1);
  const style = "font-mono text-12 break-all text-accent-text hover:underline";
  if (target.startsWith("run:")) {
    return (
      <Link to="/runs/$run" params={{ run: id }} className={style}>
        {target}
      </Link>
    );
  }
  if (target.startsWith("flow:")) {
    return (
      <Link to="/flows/$flow" params={{ flow: id }} className={style}>
        {target}
      </Link>
    );
  }
  return (
    <code className="font-mono text-12 break-all" title={targetText(target)}>
      {target}
    </code>
  );
}

interface Change {
  readonly name: string;
  readonly before?: Json;
  readonly after?: Json;
}

function ChangeLine({ name, before, after }: Change): JSX.Element {
  const t = useWords(words);
  return (
    <li className="py-1.5">
      <span className="block text-12 text-text-3">{readable(name)}</span>
      <span className="flex flex-wrap items-baseline gap-x-1.5">
        {before !== undefined && (
          <>
            <del className="break-all text-text-2">
              <span className="sr-only">{t("was")} </span>
              {shown(before, t.language)}
            </del>
            <ArrowRight aria-hidden className="size-3 shrink-0 self-center text-text-3" strokeWidth={1.75} />
          </>
        )}
        <ins className="font-medium break-all no-underline">
          <span className="sr-only">{t("is")} </span>
          {after === undefined ? t("nothing") : shown(after, t.language)}
        </ins>
      </span>
    </li>
  );
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

function shown(value: Json, language: Language): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return TIME.test(value) ? exactText(new Date(value), language) : value;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function withoutSaw(value: Json): { readonly saw: Json | undefined; readonly after: Json } {
  if (!isObject(value)) return { saw: undefined, after: value };
  const { saw, ...after } = value;
  return { saw, after };
}

/** Field by field; what did not change is left out, and so is what is empty and was not there. */
function changesOf(before: Json, after: Json): readonly Change[] {
  const from = isObject(before) ? before : {};
  const to = isObject(after) ? after : {};
  return Object.keys({ ...from, ...to }).flatMap((name) => {
    const was = from[name];
    const is = to[name];
    if (isEmpty(was) && isEmpty(is)) return [];
    if (was !== undefined && is !== undefined && diffValues({ it: was }, { it: is }).length === 0) return [];
    return [{ name, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  });
}

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
