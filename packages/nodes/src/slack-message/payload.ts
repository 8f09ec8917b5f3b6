/** A message in Slack's blocks, within their limits. */
import type { JsonObject } from "@holdfast/dsl";
import type { z } from "zod";
import { clip, pieces } from "../chat/clip.ts";
import type { slackMessageInfo } from "./definition.ts";

type Params = z.output<(typeof slackMessageInfo)["params"]>;

const LONGEST_TEXT = 30_000;
const LONGEST_SECTION = 3_000;
const LONGEST_FIELD = 2_000;
const LONGEST_SUMMARY = 300;

/** The body of the call, and whether something was too long. */
export function slackPayload(params: Params): { readonly payload: JsonObject; readonly clipped: boolean } {
  const { title, fields = [], linkUrl, linkText } = params;
  const text = clip(linked(params.text), LONGEST_TEXT);
  const facts = fields.map(({ name, value }) => clip(`*${name}*\n${linked(value)}`, LONGEST_FIELD));
  const blocks: JsonObject[] = [
    ...(title === undefined ? [] : [{ type: "header", text: { type: "plain_text", text: title } }]),
    ...pieces(text.text, LONGEST_SECTION).map((piece) => ({ type: "section", text: mrkdwn(piece) })),
    ...(facts.length === 0 ? [] : [{ type: "section", fields: facts.map((fact) => mrkdwn(fact.text)) }]),
    ...(linkUrl === undefined
      ? []
      : [
          {
            type: "actions",
            elements: [{ type: "button", text: { type: "plain_text", text: linkText }, url: linkUrl }],
          },
        ]),
  ];
  // What notifications show, and screen readers read.
  const summary = clip(title === undefined ? params.text : `${plain(title)}: ${params.text}`, LONGEST_SUMMARY);
  return {
    payload: { text: summary.text, blocks },
    clipped: text.clipped || facts.some(({ clipped }) => clipped),
  };
}

/** `verbatim`: names in values, such as @channel, call nobody. */
const mrkdwn = (text: string): JsonObject => ({ type: "mrkdwn", text, verbatim: true });

/** Addresses as links to themselves, which `verbatim` leaves alone otherwise. What stands in angle brackets is one already. */
function linked(text: string): string {
  return text.replaceAll(/<[^<>]*>|https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"*_~`]/g, (found) =>
    found.startsWith("<") ? found : `<${found}>`,
  );
}

const plain = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
