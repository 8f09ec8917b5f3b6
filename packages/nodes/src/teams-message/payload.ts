/** A message as an Adaptive Card, as workflows in Teams take it. */
import { Buffer } from "node:buffer";
import type { JsonObject } from "@holdfast/dsl";
import type { z } from "zod";
import { clip } from "../chat/clip.ts";
import type { teamsMessageInfo } from "./definition.ts";

type Params = z.output<(typeof teamsMessageInfo)["params"]>;

/** Teams takes 28 KB; a little is left for what it adds. */
const LARGEST_CARD = 27_000;
const LONGEST_FIELD = 2_000;

/** The body of the call, and whether something was too long. */
export function teamsPayload(params: Params): { readonly payload: JsonObject; readonly clipped: boolean } {
  const facts = (params.fields ?? []).map(({ name, value }) => ({ name, value: clip(value, LONGEST_FIELD) }));
  const fields = facts.map(({ name, value }) => ({ title: name, value: value.text }));
  const clipped = facts.some(({ value }) => value.clipped);
  let { text } = params;
  for (;;) {
    const payload = cardOf(params, text, fields);
    const size = Buffer.byteLength(JSON.stringify(payload));
    if (size <= LARGEST_CARD || text.length < 2) return { payload, clipped: clipped || text !== params.text };
    const over = size - LARGEST_CARD;
    text = clip(params.text, Math.max(1, Math.min(text.length - over / 4, text.length - 1) | 0)).text;
  }
}

function cardOf({ title, linkUrl, linkText }: Params, text: string, facts: readonly JsonObject[]): JsonObject {
  const content: JsonObject = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "Full" },
    body: [
      ...(title === undefined
        ? []
        : [{ type: "TextBlock", text: title, size: "Large", weight: "Bolder", wrap: true, style: "heading" }]),
      { type: "TextBlock", text: lines(text), wrap: true },
      ...(facts.length === 0 ? [] : [{ type: "FactSet", facts: [...facts] }]),
    ],
    ...(linkUrl !== undefined && { actions: [{ type: "Action.OpenUrl", title: linkText, url: linkUrl }] }),
  };
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
  };
}

/** In a card a single line break is a space: between the items of a list it is written as \r, elsewhere as two. */
function lines(text: string): string {
  return text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/\n+(?=(?:[-*+]|\d+[.)]) )/g, "\r")
    .replaceAll(/\n+/g, "\n\n");
}
