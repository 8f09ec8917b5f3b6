/** An entry of the audit in words. */
import type { Outputs } from "../../rpc/outputs.ts";
import { shortId } from "../../values/short-id.ts";
import type { Translate } from "../../words/use-words.tsx";
import { words } from "./words.ts";

export type Entry = Outputs["audit"]["list"]["items"][number];
export type T = Translate<keyof (typeof words)["en"]>;

const isWord = (key: string): key is keyof (typeof words)["en"] => Object.hasOwn(words.en, key);

/** What was done; an action that has no words stands as it is called. */
export function actionText(action: string, t: T): string {
  const key = `do_${action}`;
  return isWord(key) ? t(key) : action;
}

export function doorText(door: string, t: T): string {
  const key = `door_${door}`;
  return isWord(key) ? t(key) : door;
}

export function whoText({ actor, name }: Pick<Entry, "actor" | "name">, t: T): string {
  if (name !== null) return name;
  return actor.kind === "system" ? t("system", { name: actor.id }) : `${actor.kind} ${actor.id}`;
}

/** `run:019a…` is long: an id is told as on every other page. */
export function targetText(target: string): string {
  const [kind = "", ...rest] = target.split(":");
  const id = rest.join(":");
  return /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(id) ? `${kind} ${shortId(id)}` : `${kind} ${id}`;
}
