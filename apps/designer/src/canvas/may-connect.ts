/** Whether an edge may be drawn: flows go forward, and a body keeps to itself. */
import { START } from "@holdfast/dsl";
import type { Scene } from "./scene.ts";
import { edgesFrom } from "./picture.ts";
import { INTO } from "./walk.ts";

export function mayConnect(scene: Scene, from: { node: string; port: string }, to: string): boolean {
  const source = scene.cards.get(from.node);
  const target = scene.cards.get(to);
  if (source === undefined || target === undefined || to === START) return false;
  const scope = from.port === INTO ? from.node : source.loop;
  if (scope !== target.loop || from.node === to) return false;
  return from.port === INTO || !leadsTo(scene, to, from.node);
}

/** Whether one card can be reached from another, in one graph. */
function leadsTo(scene: Scene, from: string, to: string): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    for (const edge of edgesFrom(scene, id)) {
      if (edge.port === INTO || seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
}
