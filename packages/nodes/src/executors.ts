/** The actions' executors. Server only. */
import type { ActionNode } from "./action.ts";
import { aiAgent } from "./ai-agent/execute.ts";
import { aiClassify } from "./ai-classify/execute.ts";
import { aiObject } from "./ai-object/execute.ts";
import { aiText } from "./ai-text/execute.ts";
import { emailSend } from "./email-send/execute.ts";
import { httpList } from "./http-list/execute.ts";
import { httpRequest } from "./http-request/execute.ts";
import { postgresQuery } from "./postgres-query/execute.ts";
import { rowsRead } from "./rows-read/execute.ts";
import { rowsWrite } from "./rows-write/execute.ts";
import { slackMessage } from "./slack-message/execute.ts";
import { teamsMessage } from "./teams-message/execute.ts";

export type { CallRecord, CallStore, OwnTransaction } from "./passage/call-store.ts";
export type { FlowRequest, FlowResult, FlowRun } from "./passage/flow-run.ts";
export { migrateParams } from "./migrate.ts";
export { MemoryCalls } from "./passage/memory-calls.ts";
export { Passage } from "./passage/passage.ts";
export { Credential, CredentialError } from "./credential.ts";
export { CREDENTIAL_TYPES, formsOf, percentDecoded, type CredentialValue } from "./credential-value.ts";
export { freshToken } from "./http-request/token.ts";
export { smtpError } from "./email-send/classify.ts";
export { MAIL_CREDENTIAL } from "./email-send/definition.ts";
export { DeliveryError, signInOnly } from "./email-send/transport.ts";
export type { HostAlias, HostAliases } from "./outbound/aliases.ts";
export { OutboundError, type OutboundCode } from "./outbound/error.ts";
export {
  createFetch,
  openOutbound,
  type GuardedFetch,
  type Outbound,
  type OutboundOptions,
  type OutboundRequest,
} from "./outbound/guarded-fetch.ts";
export { signInToPostgres } from "./postgres-query/sign-in.ts";
export type { OutboundPolicy } from "./outbound/policy.ts";

/** By type. */
export const actionNodes: ReadonlyMap<string, ActionNode> = new Map(
  [
    httpRequest,
    httpList,
    emailSend,
    slackMessage,
    teamsMessage,
    postgresQuery,
    rowsRead,
    rowsWrite,
    aiObject,
    aiText,
    aiClassify,
    aiAgent,
  ].map((node) => [node.manifest.type, node]),
);
