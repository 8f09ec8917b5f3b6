/** Posts a message to a channel or chat in Microsoft Teams. The executor stands in `execute.ts`. */
import { z } from "zod";
import { messageOutput, messageParams } from "../chat/params.ts";
import { nodeInfo } from "../define-node.ts";

/** `teams.message`, without its executor. */
export const teamsMessageInfo = nodeInfo({
  type: "teams.message",
  version: 1,
  title: "Teams message",
  description:
    "Posts a card to a channel or chat in Microsoft Teams. Its connection holds the address of a workflow “When a Teams webhook request is received”.",
  icon: "message-square",
  category: "action",
  params: messageParams("markdown", z.string().max(500).meta({ "x-escape": "markdown" })),
  output: messageOutput,
  sentence: "Post to Teams: [{title}|{text}]",
  effect: "once",
  credentials: ["webhook"],
  needsCredential: true,
  presets: [{ id: "message", params: { text: "" } }],
  examples: [
    {
      title: "A refund waits for a decision",
      params: {
        title: "Refund to decide",
        text: "{{ input.customer }} asks for **{{ input.amount }}** back: {{ input.reason }}",
        fields: [{ name: "Order", value: "{{ input.orderId }}" }],
        linkUrl: "https://holdfast.example/inbox",
        linkText: "Open the inbox",
      },
    },
    { title: "A line", params: { text: "Order {{ input.orderId }} is paid back." } },
  ],
});
