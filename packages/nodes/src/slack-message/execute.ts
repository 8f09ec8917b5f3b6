/** The executor of `slack.message`. */
import { isWebAddress, post } from "../chat/post.ts";
import { defineNode } from "../define-node.ts";
import { fatal } from "../outcome.ts";
import { slackMessageInfo } from "./definition.ts";
import { slackPayload } from "./payload.ts";

const LONGEST_LINK = 3_000;

/** `slack.message` */
export const slackMessage = defineNode({
  ...slackMessageInfo,
  async execute(context) {
    const { linkUrl } = context.params;
    if (linkUrl !== undefined && (!isWebAddress(linkUrl) || linkUrl.length > LONGEST_LINK)) {
      return fatal("params_invalid", "The button leads to no web address.", { pointer: "/params/linkUrl" });
    }
    return post(context, {
      service: "Slack",
      ...slackPayload(context.params),
      // Anything else comes from somebody who is not Slack.
      doubt: (answer) =>
        answer === "ok"
          ? undefined
          : { kind: "unknown", code: "slack_answer_unknown", message: "The answer is not the one that Slack gives." },
      wordOf: (answer) => /^[a-z_]{3,60}$/.exec(answer)?.[0],
    });
  },
});
