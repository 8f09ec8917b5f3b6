import { isJsonObject, valueAt } from "@holdfast/dsl";
import type { Json, JsonObject, Trigger } from "@holdfast/dsl";
import { Play, Plus, X, Zap } from "lucide-react";
import { useMemo, type JSX } from "react";
import { FieldsProvider } from "../fields/host.ts";
import type { FieldsHost } from "../fields/host.ts";
import { JsonWidget } from "../fields/json-widget.tsx";
import { ParamField } from "../fields/param-field.tsx";
import { setAt } from "../fields/set-at.ts";
import { addTrigger, removeTrigger, setTrigger } from "../flow/change-flow.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Section } from "../ui/section.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { issueText, issueWords } from "../problems/issue-words.ts";
import { useWords } from "../words/use-words.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import type { Surroundings } from "./surroundings.ts";
import { issuesByPointer, useEnv } from "./use-node-host.ts";
import { words } from "./words.ts";

export interface TriggerListProps {
  readonly editor: FlowEditor;
  readonly surroundings: Surroundings;
}

/** What starts the flow: events with what becomes of their data, and calls. */
export function TriggerList({ editor, surroundings }: TriggerListProps): JSX.Element {
  const t = useWords(words);
  const { flow, run } = editor;
  const host = useTriggerHost(editor, surroundings);
  const called = flow.triggers.some(({ type }) => type === "call");
  return (
    <Section title={t("starts")}>
      {flow.triggers.length === 0 && <p className="text-12 text-failed-text">{t("noTrigger")}</p>}
      <FieldsProvider value={host}>
        <div className="flex flex-col gap-2">
          {flow.triggers.map((trigger, index) => (
            <TriggerRow key={`${index} ${trigger.type}`} editor={editor} host={host} index={index} trigger={trigger} />
          ))}
        </div>
      </FieldsProvider>
      <div className="mt-1 -ml-1 flex flex-wrap gap-1">
        <Button
          size="sm"
          variant="ghost"
          icon={Plus}
          onClick={() =>
            run(t("changedFlow"), (current) => addTrigger(current, { type: "event", event: `${flow.id}/start` }))
          }
        >
          {t("addEvent")}
        </Button>
        {!called && (
          <Button
            size="sm"
            variant="ghost"
            icon={Plus}
            onClick={() => run(t("changedFlow"), (current) => addTrigger(current, { type: "call" }))}
          >
            {t("addCall")}
          </Button>
        )}
      </div>
    </Section>
  );
}

interface TriggerRowProps {
  readonly editor: FlowEditor;
  readonly host: FieldsHost;
  readonly index: number;
  readonly trigger: Trigger;
}

function TriggerRow({ editor, host, index, trigger }: TriggerRowProps): JSX.Element {
  const t = useWords(words);
  const say = useWords(issueWords);
  const Icon = trigger.type === "event" ? Zap : Play;
  const [issue] = host.issuesAt(`/triggers/${index}/event`);
  const error = issue && issueText(issue, say, "field");
  return (
    <div className="rounded-[6px] border border-border-strong p-2.5">
      <div className="flex items-center gap-2">
        <Icon aria-hidden className="size-3.5 text-text-2" strokeWidth={1.75} />
        <span className="min-w-0 flex-1 font-medium">{t(trigger.type === "event" ? "onEvent" : "byCall")}</span>
        <IconButton
          icon={X}
          size="sm"
          label={t("removeTrigger")}
          onClick={() => editor.run(t("changedFlow"), (current) => removeTrigger(current, index))}
        />
      </div>
      {trigger.type === "event" && (
        <div className="mt-2 flex flex-col">
          <Field label={t("eventName")} help={t("eventHelp")} error={error} place={`/triggers/${index}/event`}>
            <TextInput
              mono
              spellCheck={false}
              value={trigger.event}
              onChange={(event) =>
                editor.run(
                  t("changedFlow"),
                  (current) => setTrigger(current, index, { ...trigger, event }),
                  `trigger ${index}`,
                )
              }
            />
          </Field>
          <div className="mt-3">
            <div className="contents" data-field={`/triggers/${index}/input`}>
              <JsonWidget
                pointer={`/triggers/${index}/input`}
                schema={{ description: t("mappingHelp") }}
                label={t("mapping")}
              />
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

/** Fields whose places are in the triggers. */
function useTriggerHost(editor: FlowEditor, surroundings: Surroundings): FieldsHost {
  const t = useWords(words);
  const { flow, issues, run } = editor;
  const envAt = useEnv(editor, undefined);
  const issuesAt = useMemo(() => issuesByPointer(issues), [issues]);
  const label = t("changedFlow");
  return useMemo(
    () => ({
      type: "",
      base: "",
      value: (pointer: string) => valueAt({ triggers: flow.triggers.map(asJson) }, pointer),
      set: (pointer: string, value: Json | undefined) => {
        const [, , index = "0"] = pointer.split("/");
        const at = Number(index);
        const change = (trigger: Trigger): Trigger => {
          if (trigger.type !== "event") return trigger;
          const { input } = asJson(setAt({ ...asJson(trigger) }, pointer.slice(`/triggers/${index}`.length), value));
          const { input: _, ...rest } = trigger;
          return input === undefined ? rest : { ...rest, input };
        };
        run(
          label,
          (current) => {
            const trigger = current.triggers[at];
            return trigger === undefined ? current : setTrigger(current, at, change(trigger));
          },
          pointer,
        );
      },
      issuesAt,
      envAt,
      nodeName: (id: string) => id,
      sample: surroundings.sample,
      flows: surroundings.flows,
      directory: surroundings.directory,
      Field: ParamField,
    }),
    [flow.triggers, run, label, issuesAt, envAt, surroundings],
  );
}

function asJson(value: Json | Trigger): JsonObject {
  const json: Json = { ...(isJsonObject(value) ? value : {}) };
  return json;
}
