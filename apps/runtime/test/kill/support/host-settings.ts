import { Credential } from "@holdfast/nodes/executors";
import type { HostSettings } from "../../../src/host/start-host.ts";
import type { Logger } from "../../../src/log/logger.ts";
import { durableNode } from "./durable-node.ts";
import type { HostOfTest } from "./messages.ts";
import { middleNode } from "./middle-node.ts";
import { writingNode } from "./writing-node.ts";

/** The same host in the process of a test and in one of its own. */
export function hostSettings({ ai, mailUrl, shopUrl, chatUrl, ...host }: HostOfTest, log: Logger): HostSettings {
  return {
    ...host,
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
