import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useSession } from "../../../app/session.ts";
import { useTRPC } from "../../../rpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { Combobox } from "../../../ui/combobox.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { explain } from "../../../ui/problem.ts";
import { TextInput } from "../../../ui/text-input.tsx";
import { done, failed } from "../../../ui/toast.ts";
import { useLanguage, useWords } from "../../../words/use-words.tsx";
import { SettingRow } from "../setting-row.tsx";
import { words } from "./words.ts";

/** Who decides in one's place while one is away. */
export function AbsenceRow(): JSX.Element {
  const t = useWords(words);
  const day = useDay();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const absence = useQuery(trpc.absence.get.queryOptions());
  const own = absence.data?.own ?? null;
  const end = useMutation(
    trpc.absence.end.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.absence.pathFilter()),
      onSuccess: () => done(t("absenceEnded")),
      onError: (error) => failed(t("failed", { why: explain(error).what })),
    }),
  );
  const others = absence.data?.standsInFor ?? [];
  return (
    <SettingRow
      name={t("absence")}
      text={
        <>
          {own === null
            ? t("absenceText")
            : t(own.now ? "awayNow" : "awaySoon", {
                name: own.person.name,
                from: day(own.from),
                until: day(own.until),
              })}
          {others.map(({ person, until }) => (
            <span key={person.id} className="block">
              {t("standsIn", { name: person.name, until: day(until) })}
            </span>
          ))}
        </>
      }
    >
      {own === null ? (
        <Button onClick={() => setOpen(true)}>{t("setAbsence")}</Button>
      ) : (
        <Button disabled={end.isPending} onClick={() => end.mutate({})}>
          {t(own.now ? "amBack" : "dropAbsence")}
        </Button>
      )}
      {open && <AbsenceDialog onClose={() => setOpen(false)} />}
    </SettingRow>
  );
}

function useDay(): (at: string) => string {
  const language = useLanguage();
  const format = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
  return (at) => format.format(new Date(at));
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** As a date field has it, in the zone of whoever fills it in. */
function dateText(ms: number): string {
  const date = new Date(ms);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Midnight there. */
const startOf = (date: string): number => new Date(`${date}T00:00:00`).getTime();

function AbsenceDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const me = useSession().person.id;
  const people = useQuery(trpc.people.list.queryOptions());
  const [delegate, setDelegate] = useState("");
  const [from, setFrom] = useState(() => dateText(Date.now()));
  const [until, setUntil] = useState(() => dateText(Date.now() + 7 * DAY_MS));
  const set = useMutation(
    trpc.absence.set.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.absence.pathFilter());
        done(t("absenceSet"));
        onClose();
      },
    }),
  );
  const options = (people.data ?? [])
    .filter(({ id, status }) => id !== me && status !== "disabled")
    .map(({ id, name, email }) => ({ value: id, label: name, detail: email }));
  // The last day counts to its end.
  const ends = startOf(until) + DAY_MS;
  const fits = delegate !== "" && from !== "" && until !== "" && ends > startOf(from);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("absenceTitle")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" type="submit" form="absence" disabled={!fits || set.isPending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        id="absence"
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate({
            delegate,
            from: new Date(startOf(from)).toISOString(),
            until: new Date(ends).toISOString(),
          });
        }}
      >
        <Field label={t("delegate")} help={t("delegateHelp")}>
          <Combobox label={t("delegate")} value={delegate} options={options} onChange={setDelegate} />
        </Field>
        <Field label={t("firstDay")}>
          <TextInput type="date" required value={from} onChange={setFrom} />
        </Field>
        <Field label={t("lastDay")}>
          <TextInput type="date" required value={until} onChange={setUntil} />
        </Field>
        {set.isError && (
          <p role="alert" className="mt-3 text-12 text-failed-text">
            {explain(set.error).what}
          </p>
        )}
      </form>
    </Dialog>
  );
}
