/** Posts a message to a channel in Slack. The executor stands in `execute.ts`. */
import { z } from "zod";
import { messageOutput, messageParams } from "../chat/params.ts";
import { nodeInfo } from "../define-node.ts";

/** `slack.message`, without its executor. */
export const slackMessageInfo = nodeInfo({
  type: "slack.message",
  version: 1,
  title: "Slack message",
  description:
    "Posts a message to a channel in Slack. Its connection holds the address of an incoming webhook, which Slack gives for one channel.",
  icon: "hash",
  category: "action",
  params: messageParams("mrkdwn", z.string().max(150)),
  output: messageOutput,
  sentence: "Post to Slack: [{title}|{text}]",
  effect: "once",
  credentials: ["webhook"],
  needsCredential: true,
  presets: [{ id: "message", params: { text: "" } }],
  examples: [
    {
      title: "A refund waits for a decision",
      params: {
        title: "Refund to decide",
        text: "{{ input.customer }} asks for *{{ input.amount }}* back: {{ input.reason }}",
        fields: [
          { name: "Order", value: "{{ input.orderId }}" },
          { name: "Decide by", value: "Friday" },
        ],
        linkUrl: "https://holdfast.example/inbox",
        linkText: "Open the inbox",
      },
    },
    { title: "A line", params: { text: "Order {{ input.orderId }} is paid back." } },
  ],
});
