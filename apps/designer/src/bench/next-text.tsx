import { START, walkGraphs, namedPorts } from "@holdfast/dsl";
import type { JSX } from "react";
import { portWord } from "../canvas/node-words.ts";
import type { Need } from "./model/needs.ts";
import type { World } from "./model/play.ts";
import { code, strong } from "./story-list.tsx";
import type { StoryTools } from "./story-text.ts";

export interface NextTextProps {
  readonly needs: readonly Need[];
  readonly world: World;
  readonly tools: StoryTools;
  readonly onNode: (id: string) => void;
}

/** The end of the story: what it waits for, and which ways out lead nowhere. */
export function NextText({ needs, world, tools, onNode }: NextTextProps): JSX.Element {
  const { t, nameOf } = tools;
  return (
    <>
      {needs.slice(0, 4).map((need) => (
        <div key={`${need.type} ${need.run} ${need.node}`}>
          {t.rich(wordOf(need), { node: nameOf(need.node), ...valuesOf(need, tools), b: strong, code })}{" "}
          {openPorts(world, need.node).map((port) => (
            <span key={port}>
              {t.rich("leadsNowhere", {
                port: portWord(port, t.language),
                node: nameOf(need.node),
                b: strong,
                a: (parts) => (
                  <button
                    key={port}
                    type="button"
                    className="text-accent-text hover:underline"
                    onClick={() => onNode(need.node)}
                  >
                    {parts}
                  </button>
                ),
              })}{" "}
            </span>
          ))}
        </div>
      ))}
    </>
  );
}

function wordOf(need: Need): `n_${Need["type"] | "event"}` {
  return need.type === "wait" && need.inbox === undefined ? "n_event" : `n_${need.type}`;
}

function valuesOf(need: Need, { times }: StoryTools): Record<string, string | number> {
  switch (need.type) {
    case "wait":
      return {
        day: need.deadline === undefined ? "none" : times.day(need.deadline.at),
        events: need.outcomes.map(({ event }) => event).join(", "),
      };
    case "sleep":
      return { day: times.day(need.until), time: times.time(need.until) };
    default:
      return {};
  }
}

function openPorts({ flow, manifests }: World, node: string): string[] {
  for (const { graph } of walkGraphs(flow)) {
    const spec = Object.hasOwn(graph.nodes, node) ? graph.nodes[node] : undefined;
    const manifest = spec && manifests.get(spec.type);
    if (spec === undefined || manifest === undefined || node === START) continue;
    const taken = new Set(graph.edges.flatMap(({ from, port = "out" }) => (from === node ? [port] : [])));
    return namedPorts(manifest, spec.params).flatMap(({ name }) => (taken.has(name) ? [] : [name]));
  }
  return [];
}
