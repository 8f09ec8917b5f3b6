/** A flow that asks people, on a running host whose mails are kept. */
import type { JsonObject } from "@holdfast/dsl";
import type { NoticeMail, Posted } from "../../src/notifications/post.ts";
import { edges, type HostFixture } from "./host-fixture.ts";

/** A mail server that takes what it is told to take. */
export class Mailbox {
  readonly mails: NoticeMail[] = [];
  answer: Posted = "sent";
  /** Also what it did not take. */
  tries = 0;

  readonly post = (mail: NoticeMail): Promise<Posted> => {
    this.tries += 1;
    if (this.answer === "sent") this.mails.push(mail);
    return Promise.resolve(this.answer);
  };

  to(name: string): readonly NoticeMail[] {
    return this.mails.filter((mail) => mail.to === `${name.toLowerCase()}@example.com`);
  }
}

/** The token of the only link in a mail. */
export function tokenIn(text: string): string {
  const [, token] = /\/decide\/([\w-]{43})\b/.exec(text) ?? [];
  if (token === undefined) throw new Error(`no link in ${text}`);
  return token;
}

let flows = 0;

/** Publishes a flow that asks managers, by whoever `by` is, and starts a run of it. */
export async function ask(
  hosts: HostFixture,
  inbox: JsonObject = {},
  { by = "rita@example.com", timeout = "30d" } = {},
): Promise<{ run: string; task: string; flow: string }> {
  const flow = `asks-${++flows}`;
  await hosts.publish({
    id: flow,
    settings: { requester: "{{ input.by }}" },
    input: { type: "object", properties: { by: { type: "string" } }, required: ["by"] },
    nodes: {
      wait: {
        type: "wait.event",
        params: {
          outcomes: [
            { port: "approved", event: `${flow}/approved` },
            { port: "rejected", event: `${flow}/rejected` },
          ],
          timeout,
          inbox: { title: `Pay ${flow}?`, assignTo: { roles: ["manager"] }, notRequester: true, ...inbox },
        },
      },
      yes: { type: "end", params: { output: "{{ nodes.wait }}" } },
      late: { type: "end", params: { output: "late" } },
    },
    edges: edges("start>wait", "wait.approved>yes", "wait.rejected>yes", "wait.timeout>late"),
  });
  const run = await hosts.begin(flow, { by });
  await hosts.settled(run, "waiting");
  const { rows } = await hosts.host.database.query<{ id: string }>("select id from holdfast.tasks where run = $1", [
    run,
  ]);
  return { run, task: rows[0]?.id ?? "", flow };
}
