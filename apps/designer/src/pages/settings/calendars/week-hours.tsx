import type { WorkingHours } from "@holdfast/dsl";
import { Plus, X } from "lucide-react";
import { useState, type JSX } from "react";
import { Button } from "../../../ui/button.tsx";
import { IconButton } from "../../../ui/icon-button.tsx";
import { TextInput } from "../../../ui/text-input.tsx";
import { useWords } from "../../../words/use-words.tsx";
import { dayNames } from "./week.ts";
import { words } from "./words.ts";

type Week = readonly (readonly WorkingHours[])[];

export interface WeekHoursProps {
  readonly hours: Week;
  readonly may: boolean;
  readonly onChange: (hours: Week) => void;
}

/** From when to when on each day of the week; a day may have several stretches, or none. */
export function WeekHours({ hours, may, onChange }: WeekHoursProps): JSX.Element {
  const t = useWords(words);
  const names = dayNames(t.language, "long");
  const put = (day: number, next: readonly WorkingHours[]): void => onChange(hours.with(day, next));
  const monday = hours[0] ?? [];
  const differs = hours.slice(1, 5).some((day) => JSON.stringify(day) !== JSON.stringify(monday));
  return (
    <section aria-label={t("hours")} className="border-b border-border py-3.5">
      <div className="flex min-h-6 flex-wrap items-center gap-3">
        <h3 className="flex-1 font-medium">{t("hours")}</h3>
        {may && differs && (
          <Button size="sm" variant="ghost" onClick={() => onChange(hours.map((day, n) => (n < 5 ? monday : day)))}>
            {t("asMondayAll")}
          </Button>
        )}
      </div>
      <ul className="mt-2">
        {hours.map((stretches, day) => (
          <Day key={names[day]} name={names[day] ?? ""} {...{ stretches, may }} onChange={(next) => put(day, next)} />
        ))}
      </ul>
    </section>
  );
}

interface DayProps {
  readonly name: string;
  readonly stretches: readonly WorkingHours[];
  readonly may: boolean;
  readonly onChange: (stretches: readonly WorkingHours[]) => void;
}

function Day({ name, stretches, may, onChange }: DayProps): JSX.Element {
  const t = useWords(words);
  return (
    <li className="flex flex-wrap items-start gap-x-3 py-1">
      <span className="w-28 shrink-0 py-1 text-text-2 first-letter:uppercase max-sm:w-full">{name}</span>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1.5">
        {stretches.length === 0 && <span className="py-1 text-text-3">{t("free")}</span>}
        {stretches.map(({ from, to }, index) => (
          <span key={`${from} ${to}`} className="flex items-center gap-1.5">
            <Time
              label={t("from", { day: name })}
              value={from}
              may={may}
              onChange={(next) => onChange(stretches.with(index, { from: next, to }))}
            />
            <span aria-hidden>–</span>
            <Time
              label={t("to", { day: name })}
              value={to}
              may={may}
              onChange={(next) => onChange(stretches.with(index, { from, to: next }))}
            />
            {may && (
              <IconButton
                icon={X}
                size="sm"
                label={t("removeHours", { day: name, from, to })}
                onClick={() => onChange(stretches.toSpliced(index, 1))}
              />
            )}
          </span>
        ))}
      </div>
      {may && (
        <IconButton
          icon={Plus}
          size="sm"
          label={t("addHours", { day: name })}
          onClick={() => onChange([...stretches, nextStretch(stretches)])}
        />
      )}
    </li>
  );
}

/** After the last one, or the usual day. */
function nextStretch(stretches: readonly WorkingHours[]): WorkingHours {
  const end = stretches.at(-1)?.to;
  if (end === undefined) return { from: "09:00", to: "17:00" };
  const hour = Math.min(23, Number(end.slice(0, 2)) + 1);
  return {
    from: `${String(hour).padStart(2, "0")}:00`,
    to: hour >= 22 ? "24:00" : `${String(hour + 2).padStart(2, "0")}:00`,
  };
}

interface TimeProps {
  readonly label: string;
  readonly value: string;
  readonly may: boolean;
  readonly onChange: (value: string) => void;
}

/** `9`, `930`, `9.30` and `09:30` are all read. */
function Time({ label, value, may, onChange }: TimeProps): JSX.Element {
  const [typed, setTyped] = useState<string>();
  const read = typed === undefined ? value : readTime(typed);
  const commit = (): void => {
    if (typed === undefined || read === undefined) return;
    setTyped(undefined);
    if (read !== value) onChange(read);
  };
  return (
    <div className="w-18">
      <TextInput
        aria-label={label}
        className="text-center tabular-nums"
        inputMode="numeric"
        disabled={!may}
        value={typed ?? value}
        invalid={read === undefined}
        onChange={setTyped}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
        }}
      />
    </div>
  );
}

function readTime(text: string): string | undefined {
  const [, hours = "", minutes = "00"] = /^\s*(\d{1,2})(?:[:.\s]?(\d{2}))?\s*$/.exec(text) ?? [];
  if (hours === "" || Number(minutes) > 59) return undefined;
  const time = Number(hours) * 60 + Number(minutes);
  return time > 24 * 60 ? undefined : `${hours.padStart(2, "0")}:${minutes}`;
}
