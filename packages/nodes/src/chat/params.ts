/** What messages to a channel consist of, whichever service has it. */
import type { JsonObject } from "@holdfast/dsl";
import { z } from "zod";

/** In which inserted values are made safe. */
type Markup = "mrkdwn" | "markdown";

const LINES = {
  mrkdwn: "Slack’s marks work: *bold*, _italic_, <!here>.",
  markdown: "Markdown works: **bold**, lists.",
};

type Fact = z.ZodObject<{ name: z.ZodString; value: z.ZodString }, z.core.$strict>;

type MessageParams = z.ZodObject<
  {
    title: z.ZodOptional<z.ZodString>;
    text: z.ZodString;
    fields: z.ZodOptional<z.ZodArray<Fact>>;
    linkUrl: z.ZodOptional<z.ZodString>;
    linkText: z.ZodDefault<z.ZodString>;
  },
  z.core.$strict
>;

/** The fields of the form, with values made safe in that markup. */
export function messageParams(markup: Markup, title: z.ZodString): MessageParams {
  return z.strictObject({
    title: title.min(1).optional().meta({ "x-label": "Heading", "x-order": 1 }),
    text: z
      .string()
      .min(1)
      .meta({
        "x-label": "Text",
        "x-widget": "text",
        "x-escape": markup,
        "x-order": 2,
        description: `${LINES[markup]} Values that are inserted stay plain text.`,
      }),
    fields: z
      .array(
        z.strictObject({
          name: z.string().min(1).meta({ "x-label": "Name", "x-escape": markup, "x-order": 1 }),
          value: z.string().meta({ "x-label": "Value", "x-escape": markup, "x-order": 2 }),
        }),
      )
      .max(10)
      .optional()
      .meta({ "x-label": "Facts", "x-order": 3, description: "Names with values beneath the text." }),
    linkUrl: z.string().min(1).optional().meta({
      "x-label": "Button leads to",
      "x-order": 4,
      description: "An address. Left empty: no button.",
    }),
    linkText: z.string().min(1).max(75).default("Open").meta({
      "x-label": "Button",
      "x-order": 5,
      "x-more": true,
      description: "What it says. Left empty: Open.",
    }),
  });
}

/** What a message gives. */
export const messageOutput: { readonly out: JsonObject } = {
  out: {
    type: "object",
    properties: { clipped: { type: "boolean" } },
    required: ["clipped"],
    additionalProperties: false,
  },
};
