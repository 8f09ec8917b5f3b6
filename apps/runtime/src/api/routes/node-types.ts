import { z } from "@hono/zod-openapi";
import { defineRoute } from "../route.ts";

const nodeTypeView = z
  .looseObject({ id: z.string(), type: z.string(), version: z.int(), title: z.string(), description: z.string() })
  .openapi("NodeType", { description: "A node type's manifest: params, ports, outputs, effect, sentence, examples." });

export const nodeTypeRoutes = [
  defineRoute({
    method: "get",
    path: "/node-types",
    action: "nodeType.read",
    tag: "Flows",
    summary: "List the node types that flows can use, each in its newest version",
    gives: {
      status: 200,
      description: "Manifests.",
      schema: z.object({ items: z.array(nodeTypeView), nextCursor: z.null() }).openapi("NodeTypes"),
    },
    // The newest of each stand first.
    handle: ({ tools: { nodeTypes } }) => ({
      body: {
        items: nodeTypes
          .filter(({ type }, index) => nodeTypes.findIndex((other) => other.type === type) === index)
          .map((manifest) => ({ id: manifest.type, ...manifest })),
        nextCursor: null,
      },
    }),
  }),
];
