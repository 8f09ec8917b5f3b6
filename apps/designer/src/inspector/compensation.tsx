import { isJsonObject } from "@holdfast/dsl";
import type { JSX } from "react";
import { nameOf } from "../canvas/node-facts.ts";
import { localManifest } from "../canvas/node-words.ts";
import { fieldsOf, startValue } from "../fields/form-model.ts";
import { FieldsProvider } from "../fields/host.ts";
import { setCompensate } from "../flow/change-node.ts";
import { manifestOf } from "../flow/manifests.ts";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { useWords } from "../words/use-words.tsx";
import { CredentialField } from "./credential-field.tsx";
import { ParamForm } from "./param-form.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import type { NodePlace } from "./node-place.ts";
import type { Surroundings } from "./surroundings.ts";
import { useNodeHost } from "./use-node-host.ts";
import { words } from "./words.ts";

const NONE = "";

export interface CompensationProps {
  readonly editor: FlowEditor;
  readonly place: NodePlace;
  readonly surroundings: Surroundings;
}

/** What takes a step back: one call of a type that acts outside. */
export function Compensation({ editor, place, surroundings }: CompensationProps): JSX.Element {
  const t = useWords(words);
  const { id, node } = place;
  const { compensate } = node;
  const label = t("changed", { name: nameOf(id, node) });
  const host = useNodeHost(editor, place, surroundings, { part: "compensate", type: compensate?.type ?? "", label });
  const manifest = compensate === undefined ? undefined : manifestOf(editor.flow, editor.manifests, compensate.type);
  const types = editor.manifests.filter(({ kind, ports }) => kind === "action" && ports.length > 0);
  const choose = (type: string): void => {
    const chosen = types.find((one) => one.type === type);
    const params = chosen === undefined ? {} : (chosen.presets?.[0]?.params ?? startValue(chosen.params));
    const next = chosen === undefined ? undefined : { type, params: isJsonObject(params) ? params : {} };
    editor.run(label, (flow) => setCompensate(flow, id, next));
  };
  return (
    <Section title={t("undo")}>
      <p className="mb-2 text-12 text-text-3">{t("undoHelp")}</p>
      <Select
        label={t("undoType")}
        value={compensate?.type ?? NONE}
        options={[
          { value: NONE, label: t("undoNone") },
          ...types.map((one) => ({ value: one.type, label: localManifest(one, t.language).title })),
        ]}
        onChange={choose}
      />
      {compensate !== undefined && manifest !== undefined && (
        <div className="mt-3 border-l border-border-strong pl-3">
          <FieldsProvider value={host}>
            <ParamForm schema={manifest.params} fields={fieldsOf(manifest.params, compensate.params)} />
          </FieldsProvider>
          {manifest.credentials.length > 0 && (
            <CredentialField
              kinds={manifest.credentials}
              value={compensate.credential}
              onChange={(credential) => {
                const { credential: _, ...rest } = compensate;
                const next = credential === undefined ? rest : { ...rest, credential };
                editor.run(label, (flow) => setCompensate(flow, id, next), `${id} undo credential`);
              }}
            />
          )}
        </div>
      )}
    </Section>
  );
}
