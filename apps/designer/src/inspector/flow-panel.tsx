import type { Settings } from "@holdfast/dsl";
import { useMemo, type JSX } from "react";
import { ExpressionField } from "../expression-field/expression-field.tsx";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import { DurationInput } from "../fields/duration-input.tsx";
import { SchemaEditor } from "../fields/schema-editor.tsx";
import { setFlow, setSettings } from "../flow/change-flow.ts";
import { Combobox } from "../ui/combobox.tsx";
import { Field } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import { nameOfNode } from "./node-place.ts";
import type { Surroundings } from "./surroundings.ts";
import { TriggerList } from "./trigger-list.tsx";
import { issuesByPointer, useEnv } from "./use-node-host.ts";
import { words } from "./words.ts";

export interface FlowPanelProps {
  readonly editor: FlowEditor;
  readonly surroundings: Surroundings;
}

/** The flow itself: what starts it, what a run begins with, its settings. Shown while nothing is selected. */
export function FlowPanel(props: FlowPanelProps): JSX.Element {
  const { editor } = props;
  const t = useWords(words);
  const { flow, run } = editor;
  return (
    <>
      <Section title={t("flowSettings")}>
        <Field label={t("flowName")} place="/name">
          <TextInput
            value={flow.name}
            onChange={(name) => run(t("changedFlow"), (current) => setFlow(current, { name }), "flow name")}
          />
        </Field>
        <Field label={t("description")} place="/description">
          <TextArea
            rows={2}
            value={flow.description ?? ""}
            onChange={(text) =>
              run(
                t("changedFlow"),
                (current) => setFlow(current, { description: text === "" ? undefined : text }),
                "flow description",
              )
            }
          />
        </Field>
      </Section>
      <TriggerList {...props} />
      <Section title={t("input")}>
        <div className="contents" data-field="/input">
          <SchemaEditor
            bare
            label={t("input")}
            help={t("inputHelp")}
            value={flow.input}
            onChange={(input) => run(t("changedFlow"), (current) => setFlow(current, { input }), "flow input")}
          />
        </div>
      </Section>
      <SettingsSection {...props} />
    </>
  );
}

function SettingsSection({ editor, surroundings }: FlowPanelProps): JSX.Element {
  const t = useWords(words);
  const { flow, issues, run } = editor;
  const envAt = useEnv(editor, undefined);
  const issuesAt = useMemo(() => issuesByPointer(issues), [issues]);
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value })), []);
  const settings = flow.settings ?? {};
  const set = (patch: { readonly [key in keyof Settings]?: Settings[key] | undefined }): void =>
    run(t("changedFlow"), (current) => setSettings(current, patch), `settings ${Object.keys(patch).join(" ")}`);
  return (
    <Section title={t("settings")}>
      <div className="contents" data-field="/settings/requester">
        <ExpressionField
          mode="template"
          label={t("requester")}
          help={t("requesterHelp")}
          value={settings.requester ?? ""}
          onChange={(text) => set({ requester: text === "" ? undefined : text })}
          env={envAt("/settings/requester")}
          nodeName={(id) => nameOfNode(flow, id)}
          sample={surroundings.sample}
          issues={issuesAt("/settings/requester")}
        />
      </div>
      <Field label={t("timeZone")} place="/settings/timeZone" className="mt-3">
        <Combobox<string>
          label={t("timeZone")}
          value={settings.timeZone ?? "UTC"}
          options={[{ value: "UTC", label: "UTC" }, ...zones.filter(({ value }) => value !== "UTC")]}
          onChange={(zone) => set({ timeZone: zone === "UTC" ? undefined : zone })}
        />
      </Field>
      <IssueLines issues={issuesAt("/settings/timeZone")} />
      <Field label={t("finish")} help={t("finishHelp")} place="/settings/timeouts/finish" className="mt-3">
        <DurationInput
          label={t("finish")}
          value={settings.timeouts?.finish}
          onChange={(finish) => set({ timeouts: finish === undefined ? undefined : { finish } })}
        />
      </Field>
    </Section>
  );
}
