import { useQuery } from "@tanstack/react-query";
import type { Answer, Json, JsonObject } from "@holdfast/dsl";
import { DEFAULT_PORT, isJsonObject } from "@holdfast/dsl";
import { Check, Database } from "lucide-react";
import { useState, type JSX } from "react";
import { portWord } from "../canvas/node-words.ts";
import { JsonInput } from "../fields/json-input.tsx";
import { TaskForm } from "../fields/task-form.tsx";
import { shortId } from "../values/short-id.ts";
import { useTRPC } from "../rpc/client.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Value } from "../ui/value.tsx";
import { useWords } from "../words/use-words.tsx";
import { answerForm, hasFields, sampleAnswer, schemaOf, type AnswerForm } from "./answer-forms.ts";
import { AskModel } from "./ask-model.tsx";
import type { World } from "./model/play.ts";
import type { AnswerSource } from "./model/session.ts";
import { shortValue } from "./short-value.ts";
import { words } from "./words.ts";

export interface AnswerPanelProps {
  readonly world: World;
  readonly node: string;
  /** What it would be executed with. */
  readonly params?: JsonObject | undefined;
  /** What it answered before. */
  readonly begin?: Answer | undefined;
  readonly onAnswer: (answer: Answer, source: AnswerSource, always: boolean) => void;
}

/** An answer by hand, from a recorded run, or by the model. */
export function AnswerPanel(props: AnswerPanelProps): JSX.Element | null {
  const form = answerForm(props.world, props.node);
  return form === undefined ? null : <AnswerFields {...props} form={form} />;
}

function AnswerFields({
  world,
  node,
  params,
  begin,
  onAnswer,
  form,
}: AnswerPanelProps & { form: AnswerForm }): JSX.Element {
  const t = useWords(words);
  const given = begin !== undefined && "output" in begin ? begin : undefined;
  const [port, setPort] = useState(given?.port ?? form.ports[0] ?? DEFAULT_PORT);
  const schema = schemaOf(form, port);
  const [value, setValue] = useState<Json | undefined>(given?.output ?? sampleAnswer(schema));
  const [source, setSource] = useState<AnswerSource>({ from: "hand" });
  const [always, setAlways] = useState(false);
  const [view, setView] = useState<"form" | "json">(
    hasFields(schema) && !hasFields(nestedBody(schema)) ? "form" : "json",
  );
  const put = (next: Json | undefined, from?: AnswerSource, by = port): void => {
    setPort(by);
    setValue(next);
    setSource(from ?? { from: "hand" });
  };
  return (
    <div className="flex flex-col gap-3">
      {params !== undefined && (
        <details className="text-12 text-text-2">
          <summary className="cursor-default">{t("askedWith")}</summary>
          <Value value={params} className="mt-1.5" />
        </details>
      )}
      {form.ports.length > 1 && (
        <Segmented
          label={t("byPort")}
          value={port}
          options={form.ports.map((one) => ({ value: one, label: portWord(one, t.language) }))}
          onChange={(next) => put(sampleAnswer(schemaOf(form, next)), undefined, next)}
        />
      )}
      {hasFields(schema) && (
        <Segmented
          label={t("answer")}
          value={view}
          options={[
            { value: "form", label: t("asForm") },
            { value: "json", label: t("asJson") },
          ]}
          onChange={setView}
        />
      )}
      {view === "form" && isJsonObject(value) ? (
        <TaskForm schema={schema} values={value} onChange={(next) => put(next)} />
      ) : (
        <Field label={t("answer")}>
          <JsonInput label={t("answer")} value={value} onChange={(next) => put(next)} />
        </Field>
      )}
      <Checkbox checked={always} label={t("everyTime")} onChange={setAlways} />
      <div className="flex flex-wrap items-center gap-1.5">
        <Button
          variant="primary"
          icon={Check}
          disabled={value === undefined}
          onClick={() =>
            value !== undefined && onAnswer({ output: value, ...(port !== DEFAULT_PORT && { port }) }, source, always)
          }
        >
          {t("answerIt")}
        </Button>
        <FromRun flow={world.flow.id} node={node} onTake={(taken, run) => put(taken, { from: "run", run })} />
        {form.manifest.category === "ai" && params !== undefined && (
          <AskModel world={world} node={node} params={params} onTake={(it, by) => put(it, { from: "model" }, by)} />
        )}
      </div>
    </div>
  );
}

function nestedBody(schema: JsonObject): JsonObject {
  const properties = schema["properties"];
  const body = isJsonObject(properties) ? properties["body"] : undefined;
  return isJsonObject(body) ? body : {};
}

interface FromRunProps {
  readonly flow: string;
  /** Absent: the inputs of runs. */
  readonly node?: string;
  readonly onTake: (value: Json, run: string) => void;
}

/** What a recorded run had here. */
export function FromRun({ flow, node, onTake }: FromRunProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const recent = useQuery({
    ...trpc.runs.recent.queryOptions({ flow, limit: 20, ...(node !== undefined && { node }) }),
    retry: false,
    staleTime: 30_000,
  });
  const items: MenuItem[] = (recent.data ?? []).map(({ run, value, input }) => {
    const taken = node === undefined ? input : value;
    return { label: `${shortId(run)} · ${shortValue(taken)}`, onSelect: () => onTake(taken, shortId(run)) };
  });
  return (
    <Menu
      align="start"
      trigger={<Button icon={Database}>{t("takeFromRun")}</Button>}
      items={items.length === 0 ? [{ heading: t("noRecent") }] : items}
    />
  );
}
