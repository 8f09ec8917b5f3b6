import type { NodeManifest } from "@holdfast/dsl";
import type { JSX } from "react";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import { inlineObjects } from "../fields/form-model.ts";
import type { FieldsHost } from "../fields/host.ts";
import { InlineSwitch } from "../fields/inline-switch.tsx";
import { setNode } from "../flow/change-node.ts";
import { AnswersSection } from "./answers-section.tsx";
import { issueText, issueWords } from "../problems/issue-words.ts";
import { useWords } from "../words/use-words.tsx";
import { CredentialField } from "./credential-field.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import type { NodePlace } from "./node-place.ts";
import { ParamForm } from "./param-form.tsx";
import { fieldsOn, portList } from "./tabs-of.ts";

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
  const say = useWords(issueWords);
  const [credentialIssue] = host.issuesAt(`${pointer}/credential`);
  return (
    <>
      {(others.length > 0 || switches.length > 0 || manifest.credentials.length > 0 || own.length > 0) && (
        <section className="border-b border-border px-4 py-3.5 last:border-b-0">
          {switches.map(({ name, schema }) => (
            <div key={name} className="mb-3 last:mb-0">
              <InlineSwitch pointer={`${host.base}/${name}`} schema={schema} />
            </div>
          ))}
          <ParamForm schema={manifest.params} fields={others} />
          {manifest.credentials.length > 0 && (
            <div className="contents" data-field={`${pointer}/credential`}>
              <CredentialField
                kinds={manifest.credentials}
                value={node.credential}
                error={credentialIssue && issueText(credentialIssue, say, "field")}
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
