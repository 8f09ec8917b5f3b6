import type { JsonObject, NodeManifest } from "@holdfast/dsl";
import type { JSX } from "react";
import { portWord } from "../canvas/node-words.ts";
import { durationWords } from "../fields/duration-text.ts";
import type { FieldSpec } from "../fields/form-model.ts";
import { useHost } from "../fields/host.ts";
import { paramText } from "../fields/param-text.ts";
import { RowsWidget } from "../fields/rows-widget.tsx";
import { Section } from "../ui/section.tsx";
import { useWords } from "../words/use-words.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import { fixedPorts, isEnd, nameOfNode, targetsOf } from "./node-place.ts";
import type { NodePlace } from "./node-place.ts";
import { portField } from "./tabs-of.ts";
import { words } from "./words.ts";

export interface AnswersSectionProps {
  readonly editor: FlowEditor;
  readonly place: NodePlace;
  readonly manifest: NodeManifest;
  /** The list whose elements are ports. */
  readonly field: FieldSpec;
}

/** The ways out of a node: those that the params name, each with its place to change it, then those it has anyway. */
export function AnswersSection({ editor, place, manifest, field }: AnswersSectionProps): JSX.Element {
  const host = useHost();
  const t = useWords(words);
  const named = portField(manifest) ?? "port";
  const { label } = paramText(host.type, field.pointer, field.schema, t.language);
  const targetOf = (item: JsonObject): JSX.Element | null => {
    const port = item[named];
    return typeof port === "string" && port !== "" ? <Target editor={editor} place={place} port={port} /> : null;
  };
  return (
    <Section title={label}>
      <RowsWidget
        {...field}
        pointer={host.base + field.pointer}
        label={label}
        bare
        aside={targetOf}
        after={fixedPorts(manifest, place.node).map((port) => (
          <div
            key={port}
            className="grid grid-cols-[minmax(72px,auto)_minmax(0,1fr)_16px] items-center gap-2 border-b border-border px-2.5 py-[7px] last:border-b-0"
          >
            <span className="font-medium">{portWord(port, t.language)}</span>
            <span className="flex min-w-0 flex-col text-text-2">
              <Deadline place={place} port={port} />
              <Target editor={editor} place={place} port={port} />
            </span>
          </div>
        ))}
      />
    </Section>
  );
}

/** "after 7 days,": where a param of the port's name is a duration. */
function Deadline({ place, port }: { readonly place: NodePlace; readonly port: string }): JSX.Element | null {
  const t = useWords(words);
  const value = Object.hasOwn(place.node.params, port) ? place.node.params[port] : undefined;
  return typeof value === "string" ? (
    <span className="truncate">{t("after", { time: durationWords(value, t.language) })}</span>
  ) : null;
}

interface TargetProps {
  readonly editor: FlowEditor;
  readonly place: NodePlace;
  readonly port: string;
}

/** Where a port leads; a press goes there. */
function Target({ editor, place, port }: TargetProps): JSX.Element {
  const t = useWords(words);
  const targets = targetsOf(place, port);
  if (targets.length === 0) return <span className="truncate text-12 text-failed-text">{t("openPort")}</span>;
  if (targets.every(isEnd)) return <span className="truncate text-12 text-text-3">{t("ends")}</span>;
  const names = targets.filter((target) => !isEnd(target)).map((target) => nameOfNode(editor.flow, target));
  return <span className="truncate text-12 text-text-3">{t("goesTo", { target: names.join(", ") })}</span>;
}
