/** The tools that an agent may use: flows, nodes and calls of services, each as narrow as the analyst draws it. */
import { z } from "zod";
import { httpRequestInfo } from "../../http-request/definition.ts";
import { duration, json, jsonObject, objectSchemaParam } from "../../schema/params.ts";

const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** The place for an argument stands behind the host, so that no argument chooses whom the call goes to. */
const ADDRESS = /^https?:\/\/[^/?#{}\s]+(?:[/?#]\S*)?$/;

const argumentsParam = objectSchemaParam().optional().meta({
  "x-label": "The model fills in",
  "x-order": 4,
  description: "What it gives fits these fields, or nothing is done.",
});

const fixedParam = z.record(z.string().min(1), json()).optional().meta({
  "x-label": "Fixed values",
  "x-order": 5,
  "x-widget": "values",
  description: "The flow gives these. The model does not see them and can't change them.",
});

const credential = (kinds: readonly string[]) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/)
    .optional()
    .meta({
      "x-literal": true,
      "x-credential": [...kinds],
      "x-label": "Credential",
      "x-order": 6,
      description: "Granted to this flow. The model never sees it.",
    });

const flowTool = z.strictObject({
  flow: z.string().min(1).meta({ "x-literal": true, "x-flow": true, "x-label": "Flow", "x-order": 1 }),
  arguments: argumentsParam.meta({
    "x-label": "The model fills in",
    "x-order": 4,
    "x-more": true,
    description: "Left empty: all that the flow takes and that is not fixed.",
  }),
  fixed: fixedParam.meta({ "x-more": true }),
});

const nodeTool = z.strictObject({
  type: z.string().min(1).meta({ "x-literal": true, "x-node-type": true, "x-label": "Node", "x-order": 1 }),
  params: jsonObject().optional().meta({
    "x-label": "Fixed settings",
    "x-order": 5,
    "x-widget": "values",
    description: "Settings of that node. The model does not see them and can't change them.",
  }),
  arguments: argumentsParam.meta({ description: "Settings of that node. What it gives fits, or nothing is done." }),
  credential: credential([]),
});

const httpTool = z.strictObject({
  method: z
    .enum(["GET", "POST", "PUT", "PATCH", "DELETE"])
    .default("GET")
    .meta({ "x-literal": true, "x-label": "Method", "x-order": 1 }),
  url: z.string().regex(ADDRESS, { error: "must be a web address; {places} stand behind the host" }).meta({
    "x-literal": true,
    "x-label": "Address",
    "x-order": 2,
    description: "{orderId} stands for a field of that name. The others go into the query, or into the body.",
  }),
  arguments: argumentsParam,
  fixed: fixedParam,
  credential: credential(httpRequestInfo.credentials ?? []),
  idempotencyHeader: z.string().regex(HEADER, { error: "must be the name of a header" }).optional().meta({
    "x-literal": true,
    "x-label": "Header for the key",
    "x-order": 7,
    "x-more": true,
    description: "Where the service expects the key by which it recognizes a repeated call, often Idempotency-Key.",
  }),
  headers: z
    .record(z.string().regex(HEADER, { error: "must be the name of a header" }), z.string())
    .optional()
    .meta({
      "x-label": "Headers",
      "x-order": 8,
      "x-more": true,
      description: "Never secrets: those stand in the credential.",
    }),
  pays: z.boolean().optional().meta({
    "x-literal": true,
    "x-label": "Moves money",
    "x-order": 9,
    "x-more": true,
    description: "Then a person has to be asked before it is called, or the flow can't be published.",
  }),
});

const names = z.array(z.string().min(1));

const ask = z.strictObject({
  assignTo: z
    .strictObject({
      roles: names.optional().meta({ "x-label": "Roles" }),
      groups: names.optional().meta({ "x-label": "Groups" }),
      people: names.optional().meta({ "x-label": "People" }),
    })
    .optional()
    .meta({
      "x-label": "Who decides",
      "x-order": 1,
      "x-widget": "assignees",
      description: "Left empty: everybody who may decide tasks.",
    }),
  question: z.string().min(1).optional().meta({
    "x-label": "Question",
    "x-order": 2,
    description: "Left empty: whether the model may do this.",
  }),
  notRequester: z.boolean().default(false).meta({
    "x-literal": true,
    "x-label": "Not the person who asked",
    "x-order": 3,
    description: "Whoever the flow names as requester can't decide.",
  }),
  timeout: duration().optional().meta({
    "x-label": "Time limit",
    "x-order": 4,
    description: "When it is over, the model is told that it may not.",
  }),
});

/** Of which exactly one says what the tool does. */
const KINDS = ["flow", "node", "http"] as const;

const tool = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]{0,47}$/, { error: "must be letters, digits, _ and - only, 48 at most" })
      .meta({ "x-literal": true, "x-label": "Name", "x-order": 1 }),
    description: z.string().min(1).meta({
      "x-label": "What it is for",
      "x-order": 2,
      "x-widget": "text",
      description: "The model reads this to know when to use it, and what comes of it.",
    }),
    flow: flowTool.optional().meta({ "x-label": "Flow", "x-order": 3 }),
    node: nodeTool.optional().meta({ "x-label": "Node", "x-order": 3, "x-node": true }),
    http: httpTool.optional().meta({ "x-label": "Service", "x-order": 3, "x-node": "http.request" }),
    ask: ask.optional().meta({ "x-label": "Ask a person first", "x-order": 4, "x-inline": true, "x-asks": true }),
    maxCalls: z.int().min(1).max(1_000).optional().meta({
      "x-literal": true,
      "x-label": "Calls at most",
      "x-order": 5,
      "x-more": true,
      description: "In one step. Further calls are refused, and the model is told so.",
    }),
    atMost: z
      .strictObject({
        sum: z.number().gt(0).meta({ "x-literal": true, "x-label": "Sum", "x-order": 1 }),
        of: z.string().min(1).meta({ "x-literal": true, "x-label": "Of the field", "x-order": 2 }),
      })
      .optional()
      .meta({
        "x-label": "In all at most",
        "x-order": 6,
        "x-more": true,
        description:
          "What all its calls in one step add up to: of “amount” no more than 200. A call beyond it is refused.",
      }),
  })
  .refine((given) => KINDS.filter((kind) => given[kind] !== undefined).length === 1, {
    error: "must say one of flow, node and http",
  })
  .meta({ oneOf: KINDS.map((kind) => ({ required: [kind] })) });

export const toolsParam = z
  .array(tool)
  .max(64)
  .default([])
  .refine((tools) => new Set(tools.map(({ name }) => name)).size === tools.length, {
    error: "must have names that differ",
  })
  .meta({
    "x-label": "Tools",
    "x-order": 3,
    "x-unique": "name",
    description: "What it may do, and nothing else.",
  });

export type ToolParams = z.output<typeof tool>;
export type HttpToolParams = z.output<typeof httpTool>;
export type AskParams = z.output<typeof ask>;
