import { useQuery } from "@tanstack/react-query";
import { CalendarPlus, ChevronRight } from "lucide-react";
import { useState, type JSX } from "react";
import { useMay } from "../../../app/session.ts";
import { useTRPC } from "../../../rpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { useWords } from "../../../words/use-words.tsx";
import { CalendarEditor } from "./calendar-editor.tsx";
import { NewCalendarDialog } from "./dialogs.tsx";
import { type Calendar, weekText } from "./week.ts";
import { words } from "./words.ts";

/** Working hours and days off: the calendars, or one of them. */
export function CalendarsSection(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const may = useMay("calendar.manage");
  const calendars = useQuery(trpc.calendars.list.queryOptions());
  const [open, setOpen] = useState<string>();
  const [adds, setAdds] = useState(false);
  const shown = calendars.data?.find(({ name }) => name === open);
  if (calendars.isError && calendars.data === undefined) {
    return <ErrorState title={t("loadFailed")} error={calendars.error} retry={() => void calendars.refetch()} />;
  }
  if (shown !== undefined) {
    return <CalendarEditor key={shown.name} calendar={shown} may={may} onClose={() => setOpen(undefined)} />;
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-border pt-1 pb-3.5">
        <p className="min-w-0 flex-1 basis-64 text-12 text-text-2">{t(may ? "intro" : "mayNot")}</p>
        {may && (
          <Button icon={CalendarPlus} onClick={() => setAdds(true)}>
            {t("new")}
          </Button>
        )}
      </div>
      <ul>
        {calendars.data?.map((calendar) => (
          <CalendarRow key={calendar.name} calendar={calendar} onOpen={() => setOpen(calendar.name)} />
        ))}
      </ul>
      {adds && (
        <NewCalendarDialog
          taken={(calendars.data ?? []).map(({ name }) => name)}
          onClose={() => setAdds(false)}
          onMade={(name) => {
            setAdds(false);
            setOpen(name);
          }}
        />
      )}
    </>
  );
}

function CalendarRow({ calendar, onOpen }: { readonly calendar: Calendar; readonly onOpen: () => void }): JSX.Element {
  const t = useWords(words);
  const { name, isDefault, timeZone, hours, holidays, usedBy } = calendar;
  const shown = isDefault ? t("default") : name;
  return (
    <li className="border-b border-border">
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full items-center gap-4 px-1 py-3 text-left outline-offset-[-2px] hover:bg-surface-hover pointer-coarse:min-h-11"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{shown}</span>
          <span className="block text-12 text-text-2">
            {weekText(hours, t.language)} · {timeZone ?? t("zoneOfFlow")} · {t("holidays", { n: holidays.length })}
          </span>
          <span className="block truncate text-12 text-text-3">
            {isDefault ? t("defaultText") : usedText(usedBy, t)}
          </span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-text-3" strokeWidth={1.75} />
      </button>
    </li>
  );
}

function usedText(usedBy: readonly string[], t: ReturnType<typeof useWords<keyof typeof words.en>>): string {
  return usedBy.length === 0 ? t("unused") : t("usedBy", { flows: usedBy.join(", ") });
}
