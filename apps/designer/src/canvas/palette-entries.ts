/** What can be added to a flow: the node types of the manifests, in groups, in the reader's language. */
import type { NodeManifest, NodeSpec } from "@holdfast/dsl";
import { spokenIn } from "../flow/manifests.ts";
import { PATTERNS, type PatternName } from "../flow/patterns.ts";
import type { Language } from "../words/language.ts";
import { familyOf, iconOf, type Family } from "./node-facts.ts";
import { localManifest, localPreset } from "./node-words.ts";
import { paletteWords } from "./palette-words.ts";
import { presetOf } from "./preset-of.ts";

export type Group = "decide" | "ai" | "act" | "structure";

export interface PaletteEntry {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly description: string;
  readonly family: Family;
  readonly icon: string;
  readonly manifest: NodeManifest;
  /** Which of the type's beginnings. */
  readonly preset?: string;
}

/** In the order in which they stand. */
export const GROUPS: readonly Group[] = ["decide", "ai", "act", "structure"];

function groupOf(manifest: NodeManifest, family: Family): Group {
  if (manifest.category === "ai") return "ai";
  if (manifest.category === "wait" || family === "branch") return "decide";
  if (family === "invoke" || manifest.category === "loop" || manifest.category === "end") return "structure";
  return "act";
}

/** Where in its group; what isn't named follows in the order of the manifests. */
const ORDER = [
  "wait.event#approval",
  "wait.event#event",
  "sleep",
  "branch",
  "ai.object",
  "ai.classify",
  "ai.text",
  "ai.agent",
  "email.send",
  "slack.message",
  "teams.message",
  "http.request",
  "http.list",
  "postgres.query",
  "rows.read",
  "rows.write",
  "data.set",
  "json.transform",
  "json.validate",
  "event.send",
  "invoke",
];

const rankOf = ({ id, manifest }: PaletteEntry): number => {
  const at = ORDER.findIndex((known) => known === id || known === manifest.type);
  return at < 0 ? ORDER.length : at;
};

/** Each preset of a type is an entry of its own: who builds a flow looks for what it does, not for its type. */
export function paletteEntries(manifests: readonly NodeManifest[], language: Language): PaletteEntry[] {
  return spokenIn({}, manifests)
    .flatMap((manifest): PaletteEntry[] => {
      const local = localManifest(manifest, language);
      const family = familyOf(manifest);
      const entry: PaletteEntry = {
        id: manifest.type,
        group: groupOf(manifest, family),
        title: local.title,
        description: local.description,
        family,
        icon: iconOf(manifest),
        manifest,
      };
      const presets = manifest.presets ?? [];
      if (presets.length === 0) return [entry];
      return presets.map((preset) => ({
        ...entry,
        id: `${manifest.type}#${preset.id}`,
        title: presetTitle(manifest.type, preset, language) ?? local.title,
        icon: preset.icon ?? entry.icon,
        preset: preset.id,
      }));
    })
    .toSorted((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || rankOf(a) - rankOf(b));
}

function presetTitle(type: string, preset: { id: string; title?: string }, language: Language): string | undefined {
  return localPreset(`${type}#${preset.id}`, language) ?? preset.title;
}

/** What kind of node it is, by the name that the palette gives it: an approval asks a person, it awaits no event. */
export function kindTitle(manifest: NodeManifest, node: NodeSpec, language: Language): string {
  const own = presetOf(manifest, node);
  const title = own && presetTitle(manifest.type, own, language);
  return title ?? localManifest(manifest, language).title;
}

const fold = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** How well something fits what was typed; 0 is not at all. The beginning of a word counts more than its middle. */
export function fit(query: string, title: string, more: string): number {
  const wanted = fold(query).trim();
  if (wanted === "") return 1;
  const name = fold(title);
  if (name === wanted) return 6;
  if (name.startsWith(wanted)) return 5;
  if (name.split(/[\s:/_.-]+/).some((word) => word.startsWith(wanted))) return 4;
  if (name.includes(wanted)) return 3;
  const rest = fold(more);
  if (rest.split(/[\s:/_.,-]+/).some((word) => word.startsWith(wanted))) return 2;
  const words = wanted.split(/\s+/);
  return words.length > 1 && words.every((word) => `${name} ${rest}`.includes(word)) ? 1 : 0;
}

/** What fits, the best first; equal ones stay in their order. */
export function ranked<T>(items: readonly T[], query: string, text: (item: T) => readonly [string, string]): T[] {
  return items
    .map((item) => ({ item, score: fit(query, ...text(item)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

/** Small wired pieces that are often wanted together, as entries beside single nodes. */
export function patternEntries(manifests: readonly NodeManifest[], language: Language): PatternEntry[] {
  const types = new Set(manifests.map(({ type }) => type));
  const say = paletteWords[language];
  const all: PatternEntry[] = [
    entryOf("askRemindEscalate", say.askEscalate, { description: say.askEscalateText, icon: "route" }),
    entryOf("actAndConfirm", say.actConfirm, { description: say.actConfirmText, icon: "shield-check" }),
  ];
  return all.filter(({ pattern }) => Object.values(PATTERNS[pattern].nodes).every(({ type }) => types.has(type)));
}

export interface PatternEntry extends Pick<PaletteEntry, "id" | "title" | "description" | "family" | "icon"> {
  readonly pattern: PatternName;
}

function entryOf(pattern: PatternName, title: string, look: Pick<PatternEntry, "description" | "icon">): PatternEntry {
  return { id: `pattern:${pattern}`, pattern, title, family: "action", ...look };
}
