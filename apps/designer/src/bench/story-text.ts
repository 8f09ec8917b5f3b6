/** One thing of the story as a sentence. */
import type { FlowDocument, Json, JsonObject } from "@holdfast/dsl";
import { bodyOf, isJsonObject, walkNodes } from "@holdfast/dsl";
import { portWord, sentenceWords } from "../canvas/node-words.ts";
import type { Translate } from "../words/use-words.tsx";
import type { Asked, StoryEntry } from "./model/story.ts";
import type { Times } from "./times.ts";
import { shortValue } from "./short-value.ts";
import type { BenchWord } from "./words.ts";

export interface StoryTools {
  readonly flow: FlowDocument;
  readonly nameOf: (id: string) => string;
  readonly times: Times;
  readonly t: Translate<BenchWord>;
}

export interface Sentence {
  readonly word: BenchWord;
  readonly values: Readonly<Record<string, string | number>>;
}

/** By id, from the document. */
export function nodeNames(flow: FlowDocument): (id: string) => string {
  const names = new Map([...walkNodes(flow)].map(({ id, node }) => [id, node.name ?? id]));
  return (id) => names.get(id) ?? id;
}

/** Who is asked, in words. */
export function whoOf(asked: Asked | undefined, t: Translate<BenchWord>): string {
  const roles = (asked?.roles ?? []).map((role) => sentenceWords(t.language).plural(role));
  const who = [...roles, ...(asked?.groups ?? []), ...(asked?.people ?? [])];
  return who.length === 0 ? t("nobody") : new Intl.ListFormat(t.language, { type: "disjunction" }).format(who);
}

export function sentenceFor(entry: StoryEntry, tools: StoryTools): Sentence {
  const { nameOf, t } = tools;
  const { kind, wait, error } = entry;
  const node = entry.node === undefined ? "" : nameOf(entry.node);
  const port = entry.port === undefined ? "" : portWord(entry.port, t.language);
  const values = {
    node,
    port,
    who: whoOf(wait?.asked, t),
    events: wait?.events.join(", ") ?? "",
    error: error?.message ?? "",
    attempt: entry.attempt ?? 1,
    ...detailsOf(entry),
  };
  switch (kind) {
    case "started":
      return startedSentence(entry, tools);
    case "did":
      return didSentence(entry, tools, values);
    case "timedOut":
      return { word: wait?.asked === undefined ? "s_timedOutEvent" : "s_timedOut", values };
    case "decided":
      return { word: "s_decided", values: { ...values, by: byOf(entry.output) } };
    case "ended":
      return { word: endWord(entry, tools.flow), values };
    case "loops":
      return { word: isLoop(tools.flow, entry.node) ? "s_loops" : "s_calls", values };
    case "looped":
      return { word: isLoop(tools.flow, entry.node) ? "s_looped" : "s_called", values };
    default:
      return { word: `s_${kind}`, values };
  }
}

/** What begins runs of its own has a body, or calls another flow. */
function isLoop(flow: FlowDocument, id: string | undefined): boolean {
  const found = [...walkNodes(flow)].find((each) => each.id === id);
  return found !== undefined && bodyOf(found.node) !== undefined;
}

const CHILD = /(?:^|\/)([^/]+)\.(\d+)$/;

/** Of an entry in a loop: which round it is of, from 0. What another flow did that was called is of none. */
export function roundOf({ run }: Pick<StoryEntry, "run">, flow: FlowDocument): number | undefined {
  const [, node, round] = CHILD.exec(run) ?? [];
  return isLoop(flow, node) ? Number(round) : undefined;
}

function endWord(entry: StoryEntry, flow: FlowDocument): BenchWord {
  if (entry.run === "run") return "s_ended";
  return roundOf(entry, flow) === undefined ? "s_calledEnded" : "s_roundEnded";
}

function detailsOf({ detail = {} }: StoryEntry): Record<string, string | number> {
  const { name, why, action, status, total, message } = detail;
  return {
    name: textOf(name),
    why: textOf(why ?? message),
    action: textOf(action),
    status: textOf(status),
    total: typeof total === "number" ? total : 0,
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function startedSentence(entry: StoryEntry, { flow }: StoryTools): Sentence {
  const value = shortValue(inputShown(entry));
  return { word: value === "" ? "s_startedBare" : "s_started", values: { name: flow.name, value } };
}

function inputShown({ detail }: StoryEntry): Json | undefined {
  const input = detail?.["input"];
  return isJsonObject(input) ? input : undefined;
}

function didSentence(entry: StoryEntry, { flow, t }: StoryTools, values: Sentence["values"]): Sentence {
  const { node = "", port = "" } = entry;
  const spec = [...walkNodes(flow)].find(({ id }) => id === node)?.node;
  if (port === "out" || port === "") return { word: "s_did", values: { ...values, value: shortValue(entry.output) } };
  const when = whenOf(spec?.params, port);
  if (when === undefined) return { word: "s_chose", values };
  return { word: "s_choseBecause", values: { ...values, when, port: portWord(port, t.language) } };
}

/** The condition of a branch that led to the port. */
function whenOf(params: JsonObject | undefined, port: string): string | undefined {
  const cases = params?.["cases"];
  if (!Array.isArray(cases)) return undefined;
  const found = cases.find((one) => isJsonObject(one) && one["port"] === port);
  const when = isJsonObject(found) ? found["when"] : undefined;
  return typeof when === "string" ? when.replaceAll("nodes.", "") : undefined;
}

function byOf(output: Json | undefined): string {
  const by = isJsonObject(output) ? output["by"] : undefined;
  if (!isJsonObject(by)) return "";
  const { name, id } = by;
  return typeof name === "string" ? name : textOf(id);
}
