import { DEFAULT_CALENDAR, isJsonObject, workingSpanOf } from "@holdfast/dsl";
import type { Json } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { Select } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { DurationInput } from "./duration-input.tsx";
import { words as durationWords } from "./duration-words.ts";
import type { ParamFieldProps } from "./host.ts";
import { SwitchField } from "./plain-field.tsx";
import { useParam, useSwitch } from "./use-param.ts";
import { words } from "./words.ts";

/** Stands for the clock among the names of calendars. */
const CLOCK = "\u0000";

interface Working {
  readonly in: string;
  readonly calendar: string;
}

function workingOf(value: Json | undefined): Working | undefined {
  if (!isJsonObject(value)) return undefined;
  const { in: length, calendar } = value;
  return {
    in: typeof length === "string" ? length : "",
    calendar: typeof calendar === "string" ? calendar : DEFAULT_CALENDAR,
  };
}

/** A length of time, and by what it is counted: the clock, or the working hours of a calendar. */
export function SpanWidget(props: ParamFieldProps): JSX.Element {
  const param = useParam(props);
  const t = useWords(words);
  const [asExpression, setAsExpression] = useSwitch(param.value);
  const { host, label, required, value, set, error } = param;
  const working = workingOf(value);
  const names = [
    ...new Set([DEFAULT_CALENDAR, ...(host.calendars ?? []), ...(working === undefined ? [] : [working.calendar])]),
  ];
  const put = (length: string | undefined, calendar: string | undefined): void => {
    if (length === undefined) set(required ? "" : undefined);
    else if (calendar === undefined) set(length);
    else set(calendar === DEFAULT_CALENDAR ? { in: length } : { in: length, calendar });
  };
  const length = working?.in ?? (typeof value === "string" ? value : undefined);
  return (
    <SwitchField {...props} param={param} asExpression={asExpression} onSwitch={setAsExpression}>
      {working === undefined ? (
        <DurationInput
          label={label}
          value={length}
          onChange={(next) => put(next, undefined)}
          invalid={error !== undefined}
        />
      ) : (
        <WorkingInput
          label={label}
          value={working.in}
          onChange={(next) => put(next, working.calendar)}
          invalid={error !== undefined}
        />
      )}
      {length !== undefined && length !== "" && (
        <div className="mt-1.5">
          <Select
            label={t("countedBy", { label })}
            value={working?.calendar ?? CLOCK}
            options={[
              { value: CLOCK, label: t("byClock") },
              ...names.map((name) => ({
                value: name,
                label: name === DEFAULT_CALENDAR ? t("byDefaultCalendar") : t("byCalendar", { name }),
              })),
            ]}
            onChange={(next) => put(length, next === CLOCK ? undefined : next)}
          />
        </div>
      )}
    </SwitchField>
  );
}

const UNITS = ["d", "h", "m"] as const;
type Unit = (typeof UNITS)[number];
const NAMES = { d: "workingDays", h: "workingHours", m: "workingMinutes" } as const;

interface WorkingInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
  readonly invalid: boolean;
}

/** A number and a unit. Other than by the clock, 24 hours are no day: what is written stays as it is. */
function WorkingInput({ label, value, onChange, invalid }: WorkingInputProps): JSX.Element {
  const t = useWords(words);
  const d = useWords(durationWords);
  const [, amount, written] = /^(\d{1,5})([dhm])$/.exec(value) ?? [];
  const [typed, setTyped] = useState<string>();
  const [chosen, setChosen] = useState<Unit>();
  const unit = chosen ?? UNITS.find((one) => one === written) ?? "d";
  const shown = typed ?? amount ?? value;
  const read = /^\d{1,5}$/.test(shown.trim()) ? `${Number(shown)}${unit}` : shown.trim();
  const bad = shown.trim() !== "" && workingSpanOf(read) === undefined;
  const commit = (): void => {
    if (typed === undefined || bad) return;
    onChange(typed.trim() === "" ? undefined : read);
    setTyped(undefined);
  };
  return (
    <div className="min-w-0">
      <div className="flex min-w-0 gap-1.5">
        <TextInput
          aria-label={d("amount", { label })}
          className="tabular-nums"
          value={shown}
          invalid={invalid || bad}
          onChange={setTyped}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
          }}
        />
        <Select
          label={d("unit", { label })}
          className="max-w-36"
          value={unit}
          options={UNITS.map((one) => ({ value: one, label: t(NAMES[one]) }))}
          onChange={(next) => {
            setChosen(next);
            if (/^\d{1,5}$/.test(shown.trim())) onChange(`${Number(shown)}${next}`);
          }}
        />
      </div>
      {bad && <p className="mt-[5px] text-12 text-failed-text">{t("workingInvalid")}</p>}
    </div>
  );
}
