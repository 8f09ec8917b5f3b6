import { useState, type JSX } from "react";
import { nameOf } from "../canvas/node-facts.ts";
import { useAskedFor } from "../fields/asked-field.ts";
import { FieldsProvider } from "../fields/host.ts";
import { manifestOf } from "../flow/manifests.ts";
import { newerOf } from "../flow/newer-version.ts";
import { Section } from "../ui/section.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { useWords } from "../words/use-words.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import { LastRunTab } from "./last-run-tab.tsx";
import { NewerVersion } from "./newer-version.tsx";
import { NodeHeader } from "./node-header.tsx";
import type { NodePlace } from "./node-place.ts";
import { ParamForm } from "./param-form.tsx";
import { RetryTab } from "./retry-tab.tsx";
import { SetupTab } from "./setup-tab.tsx";
import type { Surroundings } from "./surroundings.ts";
import { fieldsOn, tabAt, tabsOf } from "./tabs-of.ts";
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
  const label = t("changed", { name: nameOf(id, node) });
  const host = useNodeHost(editor, place, surroundings, { part: "params", type: node.type, label });
  useAskedFor(pointer, (asked) => {
    if (manifest !== undefined) setWanted(tabAt(asked.slice(pointer.length), manifest, node));
  });
  if (manifest === undefined) {
    return (
      <>
        <NodeHeader editor={editor} place={place} manifest={undefined} onClose={onClose} />
        <NewerVersion editor={editor} type={node.type} />
        <Section title={node.type}>
          <p className="text-12 text-failed-text">
            {newerOf(editor.flow, editor.manifests, node.type) === undefined
              ? t("unknownType", { type: node.type })
              : t("unknownVersion", { type: node.type, version: editor.flow.uses?.[node.type] ?? 0 })}
          </p>
        </Section>
      </>
    );
  }
  const tabs = tabsOf(manifest, node);
  const tab = tabs.includes(wanted) ? wanted : "setup";
  return (
    <FieldsProvider value={host}>
      <NodeHeader editor={editor} place={place} manifest={manifest} onClose={onClose} />
      <NewerVersion editor={editor} type={node.type} />
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
