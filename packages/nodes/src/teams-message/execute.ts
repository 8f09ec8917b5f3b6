/** The executor of `teams.message`. */
import type { StepError } from "@holdfast/dsl";
import { isWebAddress, post } from "../chat/post.ts";
import { defineNode } from "../define-node.ts";
import { fatal } from "../outcome.ts";
import { teamsMessageInfo } from "./definition.ts";
import { teamsPayload } from "./payload.ts";

/** `teams.message` */
export const teamsMessage = defineNode({
  ...teamsMessageInfo,
  async execute(context) {
    const { linkUrl } = context.params;
    if (linkUrl !== undefined && !isWebAddress(linkUrl)) {
      return fatal("params_invalid", "The button leads to no web address.", { pointer: "/params/linkUrl" });
    }
    return post(context, { service: "Teams", ...teamsPayload(context.params), doubt, wordOf: () => undefined });
  },
});

/** Connectors of the older kind answer 200 also where Teams has refused the message, and say so in a sentence. */
function doubt(answer: string): StepError | undefined {
  if (!/delivery failed with error/i.test(answer)) return undefined;
  const status = /HTTP error (\d{3})/i.exec(answer)?.[1];
  const told = {
    code: "teams_refused",
    message: `Teams refused the message${status === undefined ? "" : ` (${status})`}.`,
  };
  return { kind: status === "429" ? "error" : "fatal", ...told };
}
