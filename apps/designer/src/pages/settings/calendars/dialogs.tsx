import { defaultCalendar, type Holiday } from "@holdfast/dsl";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useTRPC } from "../../../rpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { explain } from "../../../ui/problem.ts";
import { TextArea } from "../../../ui/text-area.tsx";
import { TextInput } from "../../../ui/text-input.tsx";
import { done } from "../../../ui/toast.ts";
import { useWords } from "../../../words/use-words.tsx";
import { readDays } from "./read-days.ts";
import type { Calendar } from "./week.ts";
import { words } from "./words.ts";

export interface NewCalendarDialogProps {
  readonly taken: readonly string[];
  readonly onClose: () => void;
  readonly onMade: (name: string) => void;
}

/** It begins as the default one is at first, in the zone of whoever makes it. */
export function NewCalendarDialog({ taken, onClose, onMade }: NewCalendarDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const called = name.trim();
  const make = useMutation(
    trpc.calendars.save.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.calendars.pathFilter());
        onMade(called);
      },
    }),
  );
  const isTaken = taken.includes(called);
  const refused = make.isError ? explain(make.error).what : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("newTitle")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" type="submit" form="calendar" disabled={called === "" || isTaken || make.isPending}>
            {t("create")}
          </Button>
        </>
      }
    >
      <form
        id="calendar"
        onSubmit={(event) => {
          event.preventDefault();
          if (called === "" || isTaken) return;
          const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
          const { hours } = defaultCalendar(timeZone);
          make.mutate({
            name: called,
            timeZone,
            hours: hours.map((day) => day.map((one) => ({ ...one }))),
            holidays: [],
          });
        }}
      >
        <Field label={t("name")} help={t("nameHelp")} error={isTaken ? t("nameTaken") : refused}>
          <TextInput required maxLength={63} value={name} onChange={setName} />
        </Field>
      </form>
    </Dialog>
  );
}

export interface RemoveCalendarDialogProps {
  readonly calendar: Calendar;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

export function RemoveCalendarDialog({ calendar, onClose, onRemoved }: RemoveCalendarDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name, isDefault, usedBy } = calendar;
  const remove = useMutation(
    trpc.calendars.remove.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.calendars.pathFilter());
        if (!isDefault) done(t("removed", { name }));
        onClose();
        if (!isDefault) onRemoved();
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(isDefault ? "reset" : "remove")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="danger" disabled={remove.isPending} onClick={() => remove.mutate({ name })}>
            {t(isDefault ? "resetNow" : "removeNow")}
          </Button>
        </>
      }
    >
      <p className="text-text-2">{t(isDefault ? "resetText" : "removeText")}</p>
      {usedBy.length > 0 && <p className="mt-2 font-medium">{t("usedBy", { flows: usedBy.join(", ") })}</p>}
      {remove.isError && (
        <p role="alert" className="mt-3 text-12 text-failed-text">
          {explain(remove.error).what}
        </p>
      )}
    </Dialog>
  );
}

export interface ImportDialogProps {
  readonly onClose: () => void;
  readonly onAdd: (days: readonly Holiday[]) => void;
}

export function ImportDialog({ onClose, onAdd }: ImportDialogProps): JSX.Element {
  const t = useWords(words);
  const [text, setText] = useState("");
  const read = readDays(text);
  const days = "days" in read ? read.days : [];
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("importTitle")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" disabled={days.length === 0} onClick={() => onAdd(days)}>
            {t("importAdd", { n: days.length })}
          </Button>
        </>
      }
    >
      <Field
        label={t("daysOff")}
        help={t("importHelp")}
        error={"badLine" in read ? t("importBad", { line: read.badLine }) : undefined}
      >
        <TextArea rows={8} mono value={text} onChange={setText} placeholder={t("importExample")} />
      </Field>
    </Dialog>
  );
}
