import type { Answer, FlowDocument, Json, JsonObject } from "@holdfast/dsl";
import { compileSchema, isJsonObject } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { JsonInput } from "../fields/json-input.tsx";
import { TaskForm } from "../fields/task-form.tsx";
import { Button } from "../ui/button.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Dialog, Sheet } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Select } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { hasFields } from "./answer-forms.ts";
import { AnswerPanel, FromRun } from "./answer-panel.tsx";
import type { World } from "./model/play.ts";
import type { AnswerSource, Start } from "./model/session.ts";
import type { Need } from "./model/needs.ts";
import { FailMenu, nested } from "./what-next.tsx";
import { words } from "./words.ts";

export interface EventDialogProps {
  readonly needs: readonly Need[];
  /** The wait that it is meant for. */
  readonly need: Need | undefined;
  readonly onSend: (name: string, data: Json) => void;
  readonly onClose: () => void;
}

/** An event from outside; where a wait wants it, its data begin as the wait matches them. */
export function EventDialog({ needs, need, onSend, onClose }: EventDialogProps): JSX.Element {
  const t = useWords(words);
  const wanted = needs.flatMap((one) => (one.type === "wait" ? one.outcomes : []));
  const own = need?.type === "wait" ? need.outcomes : wanted;
  const [name, setName] = useState(own[0]?.event ?? "");
  const [data, setData] = useState<Json | undefined>(nested(own[0]?.match ?? {}));
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={t("sendEvent")}
      footer={
        <Button
          variant="primary"
          disabled={name === "" || data === undefined}
          onClick={() => data !== undefined && onSend(name, data)}
        >
          {t("send")}
        </Button>
      }
    >
      <Field label={t("eventName")}>
        <Combobox<string>
          label={t("eventName")}
          mono
          allowCustom
          value={name === "" ? null : name}
          options={[...new Set(wanted.map(({ event }) => event))].map((event) => ({ value: event, label: event }))}
          onChange={(next) => {
            setName(next);
            const found = wanted.find(({ event }) => event === next);
            if (found !== undefined) setData(nested(found.match));
          }}
        />
      </Field>
      <Field label={t("eventData")}>
        <JsonInput label={t("eventData")} value={data} onChange={setData} />
      </Field>
    </Dialog>
  );
}

export interface InputSheetProps {
  readonly flow: FlowDocument;
  readonly start: Start;
  readonly onUse: (start: Start) => void;
  readonly onClose: () => void;
}

const CALL = "call";

/** What the run begins with. */
export function InputSheet({ flow, start, onUse, onClose }: InputSheetProps): JSX.Element {
  const t = useWords(words);
  const schema = isJsonObject(flow.input) ? flow.input : {};
  const [by, setBy] = useState(start.trigger?.event ?? CALL);
  const [value, setValue] = useState<Json | undefined>(start.trigger?.data ?? start.input ?? {});
  const [view, setView] = useState<"form" | "json">(hasFields(schema) ? "form" : "json");
  const events = flow.triggers.flatMap((trigger) => (trigger.type === "event" ? [trigger] : []));
  const mapped = events.find(({ event }) => event === by)?.input !== undefined;
  const misfit = mapped || value === undefined ? undefined : misfitOf(schema, value);
  const use = (): void => {
    if (value === undefined) return;
    const { now } = start;
    onUse(by === CALL ? { now, input: value } : { now, trigger: { event: by, data: value } });
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={t("input")}
      footer={
        <Button variant="primary" disabled={value === undefined} onClick={use}>
          {t("useInput")}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {events.length > 0 && (
          <Field label={t("startsOn")}>
            <Select
              label={t("startsOn")}
              value={by}
              onChange={setBy}
              options={[
                ...events.map(({ event }) => ({ value: event, label: event })),
                { value: CALL, label: t("aCall") },
              ]}
            />
          </Field>
        )}
        <div className="flex flex-wrap items-center gap-2">
          {hasFields(schema) && !mapped && (
            <Segmented
              label={t("input")}
              value={view}
              onChange={setView}
              options={[
                { value: "form", label: t("asForm") },
                { value: "json", label: t("asJson") },
              ]}
            />
          )}
          <FromRun flow={flow.id} onTake={(taken) => setValue(taken)} />
        </div>
        {view === "form" && !mapped && isJsonObject(value) ? (
          <TaskForm schema={schema} values={value} onChange={setValue} />
        ) : (
          <JsonInput label={t("input")} value={value} onChange={setValue} />
        )}
        <p role="status" className={misfit === undefined ? "text-12 text-text-3" : "text-12 text-failed-text"}>
          {misfit === undefined ? t("inputFits") : t("inputMisfit", { why: misfit })}
        </p>
      </div>
    </Sheet>
  );
}

function misfitOf(schema: JsonObject, value: Json): string | undefined {
  try {
    const checked = compileSchema(schema).validate(value);
    return checked.ok
      ? undefined
      : checked.errors.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join("; ");
  } catch {
    return undefined;
  }
}

export interface NameDialogProps {
  readonly title: string;
  readonly name: string;
  readonly help?: string;
  readonly taken: readonly string[];
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

export function NameDialog({ title, name: begin, help, taken, onName, onClose }: NameDialogProps): JSX.Element {
  const t = useWords(words);
  const [name, setName] = useState(begin);
  const doubled = taken.includes(name.trim());
  const fits = name.trim() !== "" && !doubled;
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      footer={
        <Button variant="primary" type="submit" form="bench-name" disabled={!fits}>
          {t("save")}
        </Button>
      }
    >
      <form
        id="bench-name"
        onSubmit={(event) => {
          event.preventDefault();
          if (fits) onName(name.trim());
        }}
      >
        <Field label={t("name")} help={help} error={doubled ? t("nameTaken") : undefined}>
          <TextInput value={name} onChange={setName} maxLength={200} />
        </Field>
      </form>
    </Dialog>
  );
}

export interface ChangeSheetProps {
  readonly world: World;
  readonly node: string;
  readonly name: string;
  readonly params: JsonObject | undefined;
  readonly begin: Answer | undefined;
  readonly onAnswer: (answer: Answer, source: AnswerSource, always: boolean) => void;
  readonly onFail: (answer: Answer) => void;
  readonly onClose: () => void;
}

/** Another answer than the one that was given; everything after it happens again. */
export function ChangeSheet({
  world,
  node,
  name,
  params,
  begin,
  onAnswer,
  onFail,
  onClose,
}: ChangeSheetProps): JSX.Element {
  return (
    <Sheet open onClose={onClose} title={name}>
      <AnswerPanel world={world} node={node} params={params} begin={begin} onAnswer={onAnswer} />
      <div className="mt-3">
        <FailMenu onFail={onFail} />
      </div>
    </Sheet>
  );
}
