import { actionNodes, createFetch, Credential } from "@holdfast/nodes/executors";
import type { HostSettings } from "../../../src/host/start-host.ts";
import type { Logger } from "../../../src/log/logger.ts";
import { type Post, poster } from "../../../src/notifications/post.ts";
import { durableNode } from "./durable-node.ts";
import type { HostOfTest } from "./messages.ts";
import { middleNode } from "./middle-node.ts";
import { writingNode } from "./writing-node.ts";

/** The same host in the process of a test and in one of its own. */
export function hostSettings(
  { ai, mailUrl, shopUrl, chatUrl, notices, ...host }: HostOfTest,
  log: Logger,
): HostSettings {
  return {
    ...host,
    ...(notices === undefined
      ? {}
      : { mails: { post: postOf(notices, mailUrl, log), url: "https://holdfast.example.com" } }),
    log,
    ai,
    nodeTypes: [durableNode, middleNode, writingNode],
    allowPrivate: ["127.0.0.1"],
    credentials: (name) => {
      if (name === "chat") return new Credential({ type: "webhook", url: chatUrl });
      if (name === "mail") return new Credential({ type: "smtp", url: mailUrl });
      return name === "shop" ? new Credential({ type: "connectionString", url: shopUrl }) : undefined;
    },
  };
}

function postOf(notices: "sends" | "dies", mailUrl: string, logger: Logger): Post {
  const node = actionNodes.get("email.send");
  if (node === undefined) throw new Error("nothing sends mails");
  const credential = new Credential({ type: "smtp", url: mailUrl });
  const send = poster({ node, credential, door: createFetch({ allow: [new URL(mailUrl).host] }), logger });
  return (mail) => {
    if (notices === "dies") process.kill(process.pid, "SIGKILL");
    return send(mail);
  };
}
