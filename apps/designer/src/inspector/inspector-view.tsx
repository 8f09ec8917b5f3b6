import { X } from "lucide-react";
import { useEffect, useMemo, useRef, type JSX, type RefObject } from "react";
import type { JsonObject } from "@holdfast/dsl";
import type { Sample } from "../expression-field/sample.ts";
import { AskedFieldProvider, type AskedField } from "../fields/asked-field.ts";
import { goToField } from "../fields/go-to-field.ts";
import type { Directory, Named } from "../fields/host.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { useWords } from "../words/use-words.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import { FlowPanel } from "./flow-panel.tsx";
import { ManyPanel } from "./many-panel.tsx";
import { NodePanel } from "./node-panel.tsx";
import { placeOfNode } from "./node-place.ts";
import { SampleFooter } from "./sample-footer.tsx";
import { useSampleName } from "./sample-name.ts";
import type { Surroundings } from "./surroundings.ts";
import { words } from "./words.ts";

export interface InspectorViewProps {
  readonly editor: FlowEditor;
  /** Ids of the selected nodes. */
  readonly selection: readonly string[];
  readonly flows: readonly Named[];
  readonly directory: Directory;
  /** Names of calendars beside the default one. */
  readonly calendars?: readonly string[] | undefined;
  readonly samples: readonly Sample[];
  readonly sample: Sample | undefined;
  readonly onSample: (id: string) => void;
  readonly begin: () => JsonObject;
  readonly onEnter: (roots: JsonObject) => void;
  readonly onClose?: (() => void) | undefined;
  /** The field that is to have the focus. */
  readonly asked?: AskedField | undefined;
  /** It has it, or there is no such field. */
  readonly onShown?: ((found: boolean) => void) | undefined;
}

/** The right column of the designer: the selected node, several, or the flow itself. */
export function InspectorView(props: InspectorViewProps): JSX.Element {
  const { editor, selection, flows, directory, calendars, samples, sample, onSample, begin, onEnter, onClose } = props;
  const t = useWords(words);
  const sampleName = useSampleName();
  const surroundings = useMemo((): Surroundings => {
    const named = sample && { ...sample, name: sampleName(sample) };
    return { flows, directory, calendars, ...(named !== undefined && { sample: named }) };
    // A name is told in the language of the page, which the sample's own name does not know.
  }, [flows, directory, calendars, sample, sampleName]);
  const root = useRef<HTMLDivElement>(null);
  useGoTo(root, props);
  const [first] = selection;
  const place = selection.length === 1 && first !== undefined ? placeOfNode(editor.flow, first) : undefined;
  return (
    <AskedFieldProvider value={props.asked}>
      <div ref={root} className="flex h-full min-h-0 min-w-0 flex-col bg-surface">
        {place !== undefined && (
          <NodePanel key={place.id} editor={editor} place={place} surroundings={surroundings} onClose={onClose} />
        )}
        {place === undefined && (
          <div className="min-h-0 flex-1 overflow-y-auto">
            {onClose !== undefined && (
              <div className="flex justify-end px-4 pt-2 min-[900px]:hidden">
                <IconButton icon={X} label={t("close")} onClick={onClose} />
              </div>
            )}
            {selection.length > 1 ? (
              <ManyPanel editor={editor} ids={selection} />
            ) : (
              <FlowPanel editor={editor} surroundings={surroundings} />
            )}
          </div>
        )}
        <SampleFooter samples={samples} chosen={sample} onChoose={onSample} begin={begin} onEnter={onEnter} />
      </div>
    </AskedFieldProvider>
  );
}

function useGoTo(root: RefObject<HTMLElement | null>, { asked, onShown }: InspectorViewProps): void {
  const told = useRef(onShown);
  useEffect(() => {
    told.current = onShown;
  });
  useEffect(() => {
    if (asked === undefined || root.current === null) return undefined;
    return goToField(root.current, asked.pointer, (found) => told.current?.(found));
  }, [root, asked]);
}
