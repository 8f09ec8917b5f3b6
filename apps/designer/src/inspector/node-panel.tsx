import type { NodeManifest } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import { inlineObjects, startValue } from "../fields/form-model.ts";
import { FieldsProvider, useHost } from "../fields/host.ts";
import type { FieldsHost } from "../fields/host.ts";
import { paramText } from "../fields/param-text.ts";
import { setNode } from "../flow/change-node.ts";
import { manifestOf } from "../flow/manifests.ts";
import { Section } from "../ui/section.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { useWords } from "../words/use-words.tsx";
import { AnswersSection } from "./answers-section.tsx";
import { CredentialField } from "./credential-field.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import { LastRunTab } from "./last-run-tab.tsx";
import { NodeHeader } from "./node-header.tsx";
import type { NodePlace } from "./node-place.ts";
import { ParamForm } from "./param-form.tsx";
import { RetryTab } from "./retry-tab.tsx";
import type { Surroundings } from "./surroundings.ts";
import { fieldsOn, portList, tabsOf } from "./tabs-of.ts";
import type { Tab } from "./tabs-of.ts";
import { useNodeHost } from "./use-node-host.ts";
import { words } from "./words.ts";

export interface NodePanelProps {
  readonly editor: FlowEditor;
  readonly place: NodePlace;
  readonly surroundings: Surroundings;
  readonly onClose: (() => void) | undefined;
}

/** One node: who it is, and its params on tabs. */
export function NodePanel({ editor, place, surroundings, onClose }: NodePanelProps): JSX.Element {
  const t = useWords(words);
  const { id, node, pointer } = place;
  const manifest = manifestOf(editor.flow, editor.manifests, node.type);
  const [wanted, setWanted] = useState<Tab>("setup");
  const label = t("changed", { name: node.name ?? id });
  const host = useNodeHost(editor, place, surroundings, { part: "params", type: node.type, label });
  if (manifest === undefined) {
    return (
      <>
        <NodeHeader editor={editor} place={place} manifest={undefined} onClose={onClose} />
        <Section title={node.type}>
          <p className="text-12 text-failed-text">{t("unknownType", { type: node.type })}</p>
        </Section>
      </>
    );
  }
  const tabs = tabsOf(manifest, node);
  const tab = tabs.includes(wanted) ? wanted : "setup";
  return (
    <FieldsProvider value={host}>
      <NodeHeader editor={editor} place={place} manifest={manifest} onClose={onClose} />
      <Tabs
        label={t("tabs")}
        tabs={tabs.map((one) => ({ id: one, label: t(one) }))}
        value={tab}
        onChange={setWanted}
        className="min-h-0 flex-1"
      >
        {tab === "setup" && (
          <SetupTab key={id} editor={editor} place={place} manifest={manifest} host={host} label={label} />
        )}
        {(tab === "form" || tab === "deadline") && (
          <section key={`${id} ${tab}`} className="px-4 py-3.5">
            <ParamForm schema={manifest.params} fields={fieldsOn(tab, manifest, node)} />
          </section>
        )}
        {tab === "retry" && (
          <RetryTab key={id} editor={editor} place={place} manifest={manifest} surroundings={surroundings} />
        )}
        {tab === "lastRun" && (
          <LastRunTab
            id={id}
            env={host.envAt(`${pointer}/params`)}
            nodeName={host.nodeName}
            surroundings={surroundings}
          />
        )}
      </Tabs>
    </FieldsProvider>
  );
}

interface SetupTabProps {
  readonly editor: FlowEditor;
  readonly place: NodePlace;
  readonly manifest: NodeManifest;
  readonly host: FieldsHost;
  readonly label: string;
}

function SetupTab({ editor, place, manifest, host, label }: SetupTabProps): JSX.Element {
  const { id, node, pointer } = place;
  const fields = fieldsOn("setup", manifest, node);
  const list = portList(manifest);
  const answers = fields.find((field) => field.pointer === list);
  const others = fields.filter((field) => field !== answers);
  const switches = inlineObjects(manifest.params);
  const own = host.issuesAt(`${pointer}/params`);
  return (
    <>
      {(others.length > 0 || switches.length > 0 || manifest.credentials.length > 0 || own.length > 0) && (
        <section className="border-b border-border px-4 py-3.5 last:border-b-0">
          {switches.map(({ name, schema }) => (
            <InlineSwitch key={name} pointer={`/${name}`} schema={schema} />
          ))}
          <ParamForm schema={manifest.params} fields={others} />
          {manifest.credentials.length > 0 && (
            <CredentialField
              value={node.credential}
              error={host.issuesAt(`${pointer}/credential`)[0]?.message}
              onChange={(credential) =>
                editor.run(label, (flow) => setNode(flow, id, { credential }), `${id} credential`)
              }
            />
          )}
          <IssueLines issues={own} />
        </section>
      )}
      {answers !== undefined && <AnswersSection editor={editor} place={place} manifest={manifest} field={answers} />}
    </>
  );
}

/** An optional part of the params, such as the inbox: on or off. */
function InlineSwitch({
  pointer,
  schema,
}: {
  readonly pointer: string;
  readonly schema: Parameters<typeof startValue>[0] & object;
}): JSX.Element {
  const host = useHost();
  const t = useWords(words);
  const at = host.base + pointer;
  const { label } = paramText(host.type, pointer, schema, t.language);
  const on = host.value(at) !== undefined;
  return (
    <Toggle
      className="mb-3 last:mb-0"
      checked={on}
      label={label}
      onChange={(next) => host.set(at, next ? startValue(schema) : undefined)}
    />
  );
}
