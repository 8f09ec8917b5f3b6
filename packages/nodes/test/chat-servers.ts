/**
 * Slack's incoming webhooks and the workflows of Teams on this machine: they look at what they get as the real ones do,
 * keep what they would post, and answer in the same words.
 */
import type { ServerResponse } from "node:http";
import { z } from "zod";
import { startServer, type SeenRequest, type TestServer } from "./http-server.ts";

/** A running service. */
export interface ChatServer<Message> extends AsyncDisposable {
  readonly server: TestServer;
  /** The address of its one channel. */
  readonly hook: string;
  readonly posted: Message[];
  /** What the next calls are answered with, in place of posting. */
  refusal: ((response: ServerResponse) => void) | undefined;
}

const plain = (longest: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(longest) });
const mrkdwn = (longest: number) =>
  z.strictObject({ type: z.literal("mrkdwn"), text: z.string().min(1).max(longest), verbatim: z.boolean().optional() });

const slackMessage = z.strictObject({
  text: z.string().min(1).max(40_000),
  blocks: z
    .array(
      z.union([
        z.strictObject({ type: z.literal("header"), text: plain(150) }),
        z.strictObject({ type: z.literal("section"), text: mrkdwn(3_000) }),
        z.strictObject({ type: z.literal("section"), fields: z.array(mrkdwn(2_000)).min(1).max(10) }),
        z.strictObject({
          type: z.literal("actions"),
          elements: z
            .array(z.strictObject({ type: z.literal("button"), text: plain(75), url: z.url().max(3_000) }))
            .min(1)
            .max(25),
        }),
      ]),
    )
    .max(50),
});

/** What Slack would post. */
export type SlackMessage = z.output<typeof slackMessage>;

const textBlock = z.strictObject({
  type: z.literal("TextBlock"),
  text: z.string().min(1),
  wrap: z.literal(true),
  size: z.literal("Large").optional(),
  weight: z.literal("Bolder").optional(),
  style: z.literal("heading").optional(),
});

const teamsMessage = z.strictObject({
  type: z.literal("message"),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal("application/vnd.microsoft.card.adaptive"),
        contentUrl: z.null(),
        content: z.strictObject({
          $schema: z.literal("http://adaptivecards.io/schemas/adaptive-card.json"),
          type: z.literal("AdaptiveCard"),
          version: z.enum(["1.2", "1.3", "1.4"]),
          msteams: z.strictObject({ width: z.literal("Full") }).optional(),
          body: z.array(
            z.union([
              textBlock,
              z.strictObject({
                type: z.literal("FactSet"),
                facts: z.array(z.strictObject({ title: z.string(), value: z.string() })),
              }),
            ]),
          ),
          actions: z
            .array(z.strictObject({ type: z.literal("Action.OpenUrl"), title: z.string().min(1), url: z.url() }))
            .optional(),
        }),
      }),
    )
    .length(1),
});

/** What Teams would post. */
export type TeamsMessage = z.output<typeof teamsMessage>;

/** @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export async function startSlack(): Promise<ChatServer<SlackMessage>> {
  const path = "/services/T00000000/B00000000/canary-of-24-characters";
  return chatServer(path, ({ body, path: asked, headers }, posted: SlackMessage[]) => {
    if (asked !== path) return [404, "no_service"];
    if (headers["content-type"]?.startsWith("application/json") !== true) return [400, "invalid_payload"];
    const message = slackMessage.safeParse(JSON.parse(body));
    if (!message.success) return [400, "invalid_blocks"];
    posted.push(message.data);
    return [200, "ok"];
  });
}

/** A card may have 28 KB. @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors */
export async function startTeams(): Promise<ChatServer<TeamsMessage>> {
  const path =
    "/workflows/canaryworkflow0000000000000/triggers/manual/paths/invoke?api-version=1&sig=canary-of-24-characters";
  return chatServer(path, ({ body, path: asked }, posted: TeamsMessage[]) => {
    if (asked !== path) return [401, ""];
    if (Buffer.byteLength(body) > 28_000) return [413, ""];
    const message = teamsMessage.safeParse(JSON.parse(body));
    if (!message.success) return [400, ""];
    posted.push(message.data);
    return [202, ""];
  });
}

async function chatServer<Message>(
  path: string,
  take: (request: SeenRequest, posted: Message[]) => readonly [number, string],
): Promise<ChatServer<Message>> {
  const posted: Message[] = [];
  const chat: { refusal: ChatServer<Message>["refusal"] } = { refusal: undefined };
  const server = await startServer((request, response) => {
    if (chat.refusal !== undefined) {
      chat.refusal(response);
      return;
    }
    const [status, text] = take(request, posted);
    response.writeHead(status).end(text);
  });
  return Object.assign(chat, {
    server,
    hook: server.url + path,
    posted,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  });
}
