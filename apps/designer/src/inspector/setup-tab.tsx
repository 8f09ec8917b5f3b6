import type { NodeManifest } from "@holdfast/dsl";
import type { JSX } from "react";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import { inlineObjects, startValue } from "../fields/form-model.ts";
import { useHost } from "../fields/host.ts";
import type { FieldsHost } from "../fields/host.ts";
import { paramText } from "../fields/param-text.ts";
import { setNode } from "../flow/change-node.ts";
import { Toggle } from "../ui/toggle.tsx";
import { useWords } from "../words/use-words.tsx";
import { AnswersSection } from "./answers-section.tsx";
import { CredentialField } from "./credential-field.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import type { NodePlace } from "./node-place.ts";
import { ParamForm } from "./param-form.tsx";
import { fieldsOn, portList } from "./tabs-of.ts";
import { words } from "./words.ts";

export interface SetupTabProps {
  readonly editor: FlowEditor;
  readonly place: NodePlace;
  readonly manifest: NodeManifest;
  readonly host: FieldsHost;
  readonly label: string;
}

/** What a node is told to do. */
export function SetupTab({ editor, place, manifest, host, label }: SetupTabProps): JSX.Element {
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
            <div className="contents" data-field={`${pointer}/credential`}>
              <CredentialField
                value={node.credential}
                error={host.issuesAt(`${pointer}/credential`)[0]?.message}
                onChange={(credential) =>
                  editor.run(label, (flow) => setNode(flow, id, { credential }), `${id} credential`)
                }
              />
            </div>
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
