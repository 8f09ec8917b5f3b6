import { useId, useState, type JSX } from "react";
import { Select } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import type { Language } from "../words/language.ts";
import { useWords } from "../words/use-words.tsx";
import { UNITS, durationWords, inUnit, partsOf, readDuration } from "./duration-text.ts";
import type { Unit } from "./duration-text.ts";
import { words } from "./duration-words.ts";

export interface DurationInputProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  /** What holds where nothing is written. */
  readonly fallback?: string | undefined;
  readonly invalid?: boolean | undefined;
  readonly unit?: Unit | undefined;
}

const NAMES = { d: "days", h: "hours", m: "minutes", s: "seconds" } as const;

interface Draft {
  readonly shown: string;
  readonly unit: Unit;
  /** What is typed, as a duration. */
  readonly read: string | undefined;
  readonly bad: boolean;
  /** The duration in words, where the number and the unit don't say it. */
  readonly told: string | undefined;
}

/** @param typed what is being typed, which the document does not have yet */
function draftOf(value: string | undefined, typed: string | undefined, usual: Unit, language: Language): Draft {
  const parts = value === undefined ? undefined : partsOf(value);
  const unit = parts?.unit ?? usual;
  const read = typed === undefined ? value : readDuration(typed, unit);
  const plain = typed === undefined && parts !== undefined && parts.amount < 60;
  return {
    shown: typed ?? (parts === undefined ? (value ?? "") : String(parts.amount)),
    unit,
    read,
    bad: typed !== undefined && typed.trim() !== "" && read === undefined,
    told: read === undefined || plain ? undefined : durationWords(read, language),
  };
}

/** A number and a unit; or anything that can be read as a duration, such as `2h 30m`. */
export function DurationInput(props: DurationInputProps): JSX.Element {
  const { label, value, onChange, fallback = "", invalid = false } = props;
  const t = useWords(words);
  const id = useId();
  const usual = partsOf(fallback);
  const [chosen, setChosen] = useState<Unit>(usual?.unit ?? props.unit ?? "d");
  const [typed, setTyped] = useState<string>();
  const { shown, unit, read, bad, told } = draftOf(value, typed, chosen, t.language);
  const commit = (): void => {
    if (typed === undefined || bad) return;
    onChange(typed.trim() === "" ? undefined : read);
    setTyped(undefined);
  };
  const changeUnit = (next: Unit): void => {
    setChosen(next);
    setTyped(undefined);
    if (shown !== "" && Number.isInteger(Number(shown))) onChange(inUnit(Number(shown), next));
  };
  return (
    <div className="min-w-0">
      <span id={`${id}-amount`} hidden>
        {t("amount", { label })}
      </span>
      <span id={`${id}-unit`} hidden>
        {t("unit", { label })}
      </span>
      <div className="flex min-w-0 gap-1.5">
        <TextInput
          aria-labelledby={`${id}-amount`}
          className="tabular-nums"
          value={shown}
          placeholder={usual === undefined ? undefined : String(usual.amount)}
          invalid={invalid || bad}
          onChange={setTyped}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
          }}
        />
        <Select
          label={t("unit", { label })}
          labelledBy={`${id}-unit`}
          className="max-w-36"
          value={unit}
          options={UNITS.toReversed().map((one) => ({ value: one, label: t(NAMES[one]) }))}
          onChange={changeUnit}
        />
      </div>
      {bad && <p className="mt-[5px] text-12 text-failed-text">{t("invalid")}</p>}
      {told !== undefined && <p className="mt-[5px] text-12 text-text-3">{told}</p>}
    </div>
  );
}
