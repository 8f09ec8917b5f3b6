import { ArrowLeft } from "lucide-react";
import { useMemo, useState, type JSX } from "react";
import { Button } from "../../../ui/button.tsx";
import { Combobox } from "../../../ui/combobox.tsx";
import { useWords } from "../../../words/use-words.tsx";
import { SettingRow } from "../setting-row.tsx";
import { DaysOff } from "./days-off.tsx";
import { RemoveCalendarDialog } from "./dialogs.tsx";
import { useSaveCalendar } from "./use-save.ts";
import { WeekHours } from "./week-hours.tsx";
import type { Calendar } from "./week.ts";
import { words } from "./words.ts";

/** Stands for none of its own in the list of zones. */
const OF_FLOW = "";

export interface CalendarEditorProps {
  readonly calendar: Calendar;
  readonly may: boolean;
  readonly onClose: () => void;
}

/** One calendar: its zone, its hours, its days off. Saved at once. */
export function CalendarEditor({ calendar, may, onClose }: CalendarEditorProps): JSX.Element {
  const t = useWords(words);
  const { save, error } = useSaveCalendar(calendar);
  const [removes, setRemoves] = useState(false);
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value })), []);
  const { name, isDefault, timeZone, hours, holidays, changedAt } = calendar;
  return (
    <>
      <div className="flex items-center gap-2 pt-2">
        <Button variant="ghost" size="sm" icon={ArrowLeft} onClick={onClose} className="-ml-2">
          {t("back")}
        </Button>
      </div>
      <h3 className="mt-1 text-16 font-semibold tracking-[-.01em] break-words">{isDefault ? t("default") : name}</h3>
      {!may && <p className="mt-1 text-12 text-text-2">{t("mayNot")}</p>}
      {error !== undefined && (
        <p role="alert" className="mt-2 text-12 text-failed-text">
          {t("failed", { why: error })}
        </p>
      )}
      <SettingRow name={t("zone")} text={t("zoneText")} value={timeZone ?? OF_FLOW}>
        <div className="w-60 max-w-full">
          <Combobox
            label={t("zone")}
            value={timeZone ?? OF_FLOW}
            options={[{ value: OF_FLOW, label: t("zoneOfFlow") }, ...zones]}
            disabled={!may}
            onChange={(zone) => save({ timeZone: zone === OF_FLOW ? null : zone })}
          />
        </div>
      </SettingRow>
      <WeekHours hours={hours} may={may} onChange={(next) => save({ hours: next })} />
      <DaysOff days={holidays} may={may} onChange={(next) => save({ holidays: next })} />
      {may && (!isDefault || changedAt !== null) && (
        <SettingRow name={t(isDefault ? "reset" : "remove")} text={t(isDefault ? "resetText" : "removeText")}>
          <Button variant="danger" onClick={() => setRemoves(true)}>
            {t(isDefault ? "resetNow" : "removeNow")}
          </Button>
        </SettingRow>
      )}
      {removes && <RemoveCalendarDialog calendar={calendar} onClose={() => setRemoves(false)} onRemoved={onClose} />}
    </>
  );
}
