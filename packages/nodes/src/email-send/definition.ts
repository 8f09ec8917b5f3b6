/** Sends a mail over SMTP. The executor stands in `execute.ts`. */
import { z } from "zod";
import { nodeInfo } from "../define-node.ts";
import { json } from "../schema/params.ts";

/** Files of both kinds together. */
export const MOST_FILES = 20;

const addresses = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** The credential a mail is sent with where the node names none. */
export const MAIL_CREDENTIAL = "mail";

/** `email.send`, without its executor. */
export const emailSendInfo = nodeInfo({
  type: "email.send",
  version: 1,
  title: "E-mail",
  description:
    "Sends an e-mail. Where nobody can know whether it went out it is sent again; the mailbox sees by its Message-ID that it is the same one.",
  icon: "mail",
  category: "action",
  params: z
    .strictObject({
      to: addresses.meta({ "x-label": "To", "x-order": 1, "x-sink": "mail" }),
      cc: addresses.optional().meta({ "x-label": "Cc", "x-order": 2, "x-more": true, "x-sink": "mail" }),
      bcc: addresses.optional().meta({ "x-label": "Bcc", "x-order": 3, "x-more": true, "x-sink": "mail" }),
      replyTo: z.string().min(1).optional().meta({ "x-label": "Reply to", "x-order": 4, "x-more": true }),
      from: z.string().min(1).optional().meta({
        "x-label": "From",
        "x-order": 5,
        "x-more": true,
        description: "Left empty: the mailbox of the credential.",
      }),
      subject: z.string().meta({ "x-label": "Subject", "x-order": 6 }),
      text: z.string().optional().meta({ "x-label": "Text", "x-order": 7, "x-widget": "text" }),
      markdown: z.string().optional().meta({
        "x-label": "Formatted text",
        "x-order": 8,
        "x-widget": "text",
        "x-escape": "markdown",
        "x-more": true,
        description:
          "In Markdown: **bold**, lists, [links](https://…). Goes out as HTML, and as plain text for those who read that. Values that are inserted stay plain text.",
      }),
      html: z.string().optional().meta({
        "x-label": "HTML",
        "x-order": 9,
        "x-widget": "html",
        "x-escape": "html",
        "x-more": true,
        description: "Values that are inserted are made safe: they can't become HTML.",
      }),
      files: z.array(json()).max(MOST_FILES).optional().meta({
        "x-label": "Files of a task",
        "x-order": 10,
        "x-more": true,
        description: "What people attached where they decided, such as nodes.approval.files.",
      }),
      attachments: z
        .array(
          z.strictObject({
            name: z.string().min(1).max(200).meta({ "x-label": "File name", "x-order": 1 }),
            content: z.string().meta({ "x-label": "Content", "x-widget": "text", "x-order": 2 }),
            encoding: z
              .enum(["text", "base64"])
              .default("text")
              .meta({
                "x-literal": true,
                "x-label": "The content is",
                "x-enum-labels": { text: "Text", base64: "A file in Base64" },
                "x-order": 3,
              }),
            type: z.string().min(1).optional().meta({
              "x-label": "Kind",
              "x-order": 4,
              description: "Such as text/csv. Left empty: by the file's name.",
            }),
          }),
        )
        .max(MOST_FILES)
        .optional()
        .meta({ "x-label": "Attachments", "x-order": 11, "x-more": true }),
    })
    .refine(({ text, markdown, html }) => text !== undefined || markdown !== undefined || html !== undefined, {
      error: "must have a text",
    })
    .refine(({ markdown, html }) => markdown === undefined || html === undefined, {
      error: "must have formatted text or HTML, not both",
      path: ["html"],
    })
    .meta({
      anyOf: [{ required: ["text"] }, { required: ["markdown"] }, { required: ["html"] }],
      not: { required: ["markdown", "html"] },
    }),
  output: {
    out: {
      type: "object",
      properties: {
        messageId: { type: "string" },
        accepted: { type: "array", items: { type: "string" } },
        rejected: { type: "array", items: { type: "string" } },
      },
      required: ["messageId", "accepted", "rejected"],
      additionalProperties: false,
    },
  },
  sentence: "Mail {to}: {subject}",
  effect: "once",
  onUnknown: "resend",
  credentials: ["smtp"],
  presets: [{ id: "mail", params: { to: "", subject: "", text: "" } }],
  examples: [
    {
      title: "A confirmation",
      params: {
        to: "{{ input.customerEmail }}",
        subject: "Your refund for order {{ input.orderId }}",
        text: "{{ nodes.confirmation.text }}",
      },
    },
    {
      title: "Formatted, with the files of an approval",
      params: {
        to: "{{ input.customerEmail }}",
        subject: "Your refund for order {{ input.orderId }}",
        markdown: "Dear {{ input.customer }},\n\nyour refund of **{{ nodes.approval.data.amount }}** is on its way.",
        files: "{{ nodes.approval.files }}",
        attachments: [
          { name: "order.csv", content: "order,amount\n{{ input.orderId }},{{ nodes.approval.data.amount }}" },
        ],
      },
    },
    {
      title: "To a list, as HTML",
      params: {
        to: ["finance@example.com", "audit@example.com"],
        subject: "Refund {{ nodes.refund.body.refundId }} is not settled",
        html: "<p>The bank is silent about <b>{{ nodes.refund.body.refundId }}</b>.</p>",
      },
    },
  ],
});
