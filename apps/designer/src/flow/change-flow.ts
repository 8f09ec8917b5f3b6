/** Changing what belongs to the flow as a whole: what starts it, its settings, its notes. */
import type { FlowDocument, JsonObject, Scenario, Settings, Trigger } from "@holdfast/dsl";
import { freeId } from "./ids.ts";

/** `undefined` takes away what can be left out. */
export interface FlowPatch {
  readonly name?: string;
  readonly description?: string | undefined;
  /** JSON Schema. */
  readonly input?: JsonObject | undefined;
  readonly tests?: Scenario[] | undefined;
}

export function setFlow(flow: FlowDocument, patch: FlowPatch): FlowDocument {
  const { description, input, tests, name, ...rest } = { ...flow, ...patch };
  return {
    ...rest,
    name: name.trim() === "" ? flow.name : name.slice(0, 200),
    ...(description === undefined ? {} : { description }),
    ...(input === undefined ? {} : { input }),
    ...(tests === undefined ? {} : { tests }),
  };
}

export function addTrigger(flow: FlowDocument, trigger: Trigger): FlowDocument {
  return { ...flow, triggers: [...flow.triggers, trigger] };
}

export function setTrigger(flow: FlowDocument, index: number, trigger: Trigger): FlowDocument {
  return index in flow.triggers ? { ...flow, triggers: flow.triggers.with(index, trigger) } : flow;
}

export function removeTrigger(flow: FlowDocument, index: number): FlowDocument {
  return index in flow.triggers ? { ...flow, triggers: flow.triggers.toSpliced(index, 1) } : flow;
}

/** `undefined` takes a setting away. */
export function setSettings(
  flow: FlowDocument,
  patch: { readonly [key in keyof Settings]?: Settings[key] | undefined },
): FlowDocument {
  const entries = Object.entries({ ...flow.settings, ...patch }).filter(([, value]) => value !== undefined);
  const settings: Settings = Object.fromEntries(entries);
  const { settings: _, ...rest } = flow;
  return entries.length === 0 ? rest : { ...rest, settings };
}

/** Text on the ground of the canvas. */
export type Note = NonNullable<FlowDocument["notes"]>[string];

export function addNote(flow: FlowDocument, note: Note): { flow: FlowDocument; id: string } {
  const id = freeId("note", (other) => Object.hasOwn(flow.notes ?? {}, other));
  return { flow: { ...flow, notes: { ...flow.notes, [id]: note } }, id };
}

/** Changes its text, its place or its size. */
export function editNote(flow: FlowDocument, id: string, patch: Partial<Note>): FlowDocument {
  const note = flow.notes?.[id];
  return note === undefined ? flow : { ...flow, notes: { ...flow.notes, [id]: { ...note, ...patch } } };
}

export function moveNote(flow: FlowDocument, id: string, { x, y }: { x: number; y: number }): FlowDocument {
  return editNote(flow, id, { x: Math.round(x), y: Math.round(y) });
}

export function removeNote(flow: FlowDocument, id: string): FlowDocument {
  if (flow.notes === undefined || !Object.hasOwn(flow.notes, id)) return flow;
  const { [id]: _, ...notes } = flow.notes;
  const { notes: _notes, ...rest } = flow;
  return Object.keys(notes).length === 0 ? rest : { ...rest, notes };
}
