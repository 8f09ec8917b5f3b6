import { isJsonObject, joinPointer, type Json, type JsonObject, type NodeManifest } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";
import { useWords } from "../words/use-words.tsx";
import { argumentOf, filledBy, withFilledBy, type FilledBy } from "./call-model.ts";
import { fieldsOf, type FieldSpec } from "./form-model.ts";
import { GroupFrame } from "./group-frame.tsx";
import { FieldsProvider, useHost, type FieldsHost, type ParamFieldProps } from "./host.ts";
import { paramText } from "./param-text.ts";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

/** A call of another node: which, and for each of its settings whether it is fixed here or filled in when it is called. */
export function CallWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, label, help, issues } = useParam(props);
  const call = isJsonObject(value) ? value : {};
  const own = fieldsOf(props.schema, value, props.pointer);
  const at = (name: string): FieldSpec | undefined => own.find((field) => field.name === name);
  const type = at("type");
  const credential = at("credential");
  const called = host.callable?.find((manifest) => manifest.type === call["type"]);
  return (
    <GroupFrame label={label} help={props.bare === true ? undefined : help} issues={issues} bare={props.bare}>
      {type !== undefined && <host.Field {...type} />}
      {called !== undefined && <Settings pointer={props.pointer} call={call} called={called} host={host} />}
      {called !== undefined && called.credentials.length > 0 && credential !== undefined && (
        <div className="mt-3">
          <host.Field {...credential} schema={{ ...credential.schema, "x-credential": [...called.credentials] }} />
        </div>
      )}
    </GroupFrame>
  );
}

interface SettingsProps {
  readonly pointer: string;
  readonly call: JsonObject;
  readonly called: NodeManifest;
  readonly host: FieldsHost;
}

/** The settings of the called node, under the names that they have there. */
function Settings({ pointer, call, called, host }: SettingsProps): JSX.Element {
  const base = joinPointer(pointer, "params");
  const t = useWords(words);
  const [all, setAll] = useState(false);
  const fields = fieldsOf(called.params, {}, base);
  const needed = fields.filter(({ name, required }) => required || filledBy(call, name) !== "nobody");
  const shown = all ? fields : needed;
  const places = [pointer, base, joinPointer(pointer, "arguments")];
  return (
    <FieldsProvider value={{ ...host, type: called.type, base }}>
      {shown.map((field) => (
        <Setting key={field.name} field={field} call={call} onCall={(next) => host.set(pointer, next)} />
      ))}
      {needed.length < fields.length && (
        <Button size="sm" variant="ghost" className="mt-2 -ml-1" aria-expanded={all} onClick={() => setAll(!all)}>
          {t(all ? "fewerSettings" : "otherSettings", { n: fields.length - needed.length })}
        </Button>
      )}
      <IssueLines issues={places.slice(1).flatMap((place) => host.issuesAt(place))} />
    </FieldsProvider>
  );
}

interface SettingProps {
  readonly field: FieldSpec;
  readonly call: JsonObject;
  readonly onCall: (call: Json) => void;
}

function Setting({ field, call, onCall }: SettingProps): JSX.Element {
  const host = useHost();
  const t = useWords(words);
  const { name, schema } = field;
  const { label } = paramText(host.type, field.pointer.slice(host.base.length), schema, t.language);
  const by = filledBy(call, name);
  const choices: readonly FilledBy[] =
    argumentOf(schema) === undefined ? ["nobody", "flow"] : ["nobody", "flow", "model"];
  const argument = `${host.base.slice(0, -"/params".length)}/arguments/properties/${name}`;
  return (
    <div className="mt-3" data-field={argument}>
      <div className="flex min-w-0 items-center gap-2">
        <span className="min-w-0 flex-1 truncate text-12 font-medium text-text-2">{label}</span>
        <div className="w-40 shrink-0">
          <Select<FilledBy>
            size="sm"
            label={t("filledBy", { label })}
            value={by}
            options={choices.map((value) => ({ value, label: t(`filledBy_${value}`) }))}
            onChange={(next) => onCall(withFilledBy(call, field, next))}
          />
        </div>
      </div>
      {by === "flow" && (
        <div className="mt-1">
          <host.Field {...field} label={label} bare required />
        </div>
      )}
      <IssueLines issues={host.issuesAt(argument)} />
    </div>
  );
}
