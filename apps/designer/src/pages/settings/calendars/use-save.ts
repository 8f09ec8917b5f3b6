import type { Holiday, WorkingHours } from "@holdfast/dsl";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../rpc/client.ts";
import { explain } from "../../../ui/problem.ts";
import type { Calendar } from "./week.ts";

export interface CalendarChange {
  readonly timeZone?: string | null;
  readonly hours?: readonly (readonly WorkingHours[])[];
  readonly holidays?: readonly Holiday[];
}

export interface SaveCalendar {
  readonly save: (change: CalendarChange) => void;
  /** Why the last change was not saved. */
  readonly error: string | undefined;
}

/** Saves a change at once; what is shown is what was saved last. */
export function useSaveCalendar(calendar: Calendar): SaveCalendar {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const list = trpc.calendars.list.queryKey();
  const put = useMutation(
    trpc.calendars.save.mutationOptions({
      onMutate: ({ name, ...rest }) =>
        queries.setQueryData(list, (before) => before?.map((one) => (one.name === name ? { ...one, ...rest } : one))),
      onSettled: () => queries.invalidateQueries(trpc.calendars.pathFilter()),
    }),
  );
  const { name, timeZone, hours, holidays } = calendar;
  return {
    save: (change) => {
      const next = { timeZone, hours, holidays, ...change };
      put.mutate({
        name,
        timeZone: next.timeZone,
        hours: next.hours.map((day) => day.map((stretch) => ({ ...stretch }))),
        holidays: next.holidays.map((day) => ({ ...day })),
      });
    },
    error: put.isError ? explain(put.error).what : undefined,
  };
}
