/** The manifests of all built-in node types: plain JSON, and safe in a browser. */
import type { NodeManifest } from "@holdfast/dsl";
import { aiAgentInfo } from "./ai-agent/definition.ts";
import { aiClassifyInfo } from "./ai-classify/definition.ts";
import { aiObjectInfo } from "./ai-object/definition.ts";
import { aiTextInfo } from "./ai-text/definition.ts";
import { controlNodes } from "./control.ts";
import { actionManifest } from "./define-node.ts";
import { emailSendInfo } from "./email-send/definition.ts";
import { httpListInfo } from "./http-list/definition.ts";
import { httpRequestInfo } from "./http-request/definition.ts";
import { postgresQueryInfo } from "./postgres-query/definition.ts";
import { rowsReadInfo } from "./rows-read/definition.ts";
import { rowsWriteInfo } from "./rows-write/definition.ts";
import { slackMessageInfo } from "./slack-message/definition.ts";
import { teamsMessageInfo } from "./teams-message/definition.ts";

/** In the order of the palette. */
export const builtinManifests: readonly NodeManifest[] = [
  actionManifest(aiObjectInfo),
  actionManifest(aiTextInfo),
  actionManifest(aiClassifyInfo),
  actionManifest(aiAgentInfo),
  actionManifest(httpRequestInfo),
  actionManifest(httpListInfo),
  actionManifest(emailSendInfo),
  actionManifest(slackMessageInfo),
  actionManifest(teamsMessageInfo),
  actionManifest(postgresQueryInfo),
  actionManifest(rowsReadInfo),
  actionManifest(rowsWriteInfo),
  ...[...controlNodes.values()].map((node) => node.manifest),
];
