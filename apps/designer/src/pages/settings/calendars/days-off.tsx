import type { Holiday } from "@holdfast/dsl";
import { ListPlus, Plus, X } from "lucide-react";
import { useState, type JSX } from "react";
import { Button } from "../../../ui/button.tsx";
import { Checkbox } from "../../../ui/checkbox.tsx";
import { IconButton } from "../../../ui/icon-button.tsx";
import { TextInput } from "../../../ui/text-input.tsx";
import { useWords } from "../../../words/use-words.tsx";
import { ImportDialog } from "./dialogs.tsx";
import { withDays } from "./read-days.ts";
import { words } from "./words.ts";

export interface DaysOffProps {
  readonly days: readonly Holiday[];
  readonly may: boolean;
  readonly onChange: (days: readonly Holiday[]) => void;
}

/** Days on which nobody works, once or every year. */
export function DaysOff({ days, may, onChange }: DaysOffProps): JSX.Element {
  const t = useWords(words);
  const [imports, setImports] = useState(false);
  const format = new Intl.DateTimeFormat(t.language, { day: "numeric", month: "long", timeZone: "UTC" });
  const withYear = new Intl.DateTimeFormat(t.language, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return (
    <section aria-label={t("daysOff")} className="border-b border-border py-3.5">
      <div className="flex min-h-6 flex-wrap items-center gap-3">
        <h3 className="flex-1 font-medium">{t("daysOff")}</h3>
        {may && (
          <Button size="sm" variant="ghost" icon={ListPlus} onClick={() => setImports(true)}>
            {t("import")}
          </Button>
        )}
      </div>
      {days.length === 0 && <p className="py-2 text-text-3">{t("noDaysOff")}</p>}
      <ul className="mt-1">
        {days.map((day) => {
          const at = new Date(`${day.date}T00:00:00Z`);
          const date = (day.yearly ? format : withYear).format(at);
          return (
            <li
              key={`${day.date} ${day.yearly}`}
              className="flex min-h-8 items-center gap-3 border-t border-border py-1 first:border-t-0"
            >
              <time dateTime={day.date} className="w-36 shrink-0 tabular-nums">
                {date}
              </time>
              <span className="min-w-0 flex-1 break-words text-text-2">{day.name}</span>
              <span className="shrink-0 text-12 text-text-3">{t(day.yearly ? "yearly" : "once")}</span>
              {may && (
                <IconButton
                  icon={X}
                  size="sm"
                  label={t("removeDay", { name: day.name === "" ? date : day.name })}
                  onClick={() => onChange(days.filter((one) => one !== day))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {may && <NewDay onAdd={(day) => onChange(withDays(days, [day]))} />}
      {imports && (
        <ImportDialog
          onClose={() => setImports(false)}
          onAdd={(more) => {
            onChange(withDays(days, more));
            setImports(false);
          }}
        />
      )}
    </section>
  );
}

function NewDay({ onAdd }: { readonly onAdd: (day: Holiday) => void }): JSX.Element {
  const t = useWords(words);
  const [date, setDate] = useState("");
  const [name, setName] = useState("");
  const [yearly, setYearly] = useState(false);
  return (
    <form
      className="mt-2 flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd({ date, name: name.trim(), yearly });
        setDate("");
        setName("");
      }}
    >
      <div className="w-40 max-w-full">
        <TextInput type="date" required aria-label={t("date")} value={date} onChange={setDate} />
      </div>
      <div className="min-w-0 flex-1 basis-40">
        <TextInput
          aria-label={t("dayName")}
          placeholder={t("dayName")}
          maxLength={200}
          value={name}
          onChange={setName}
        />
      </div>
      <Checkbox label={t("yearly")} checked={yearly} onChange={setYearly} />
      <Button type="submit" icon={Plus} disabled={date === ""}>
        {t("addDay")}
      </Button>
    </form>
  );
}
