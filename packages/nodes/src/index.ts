/** How node types are made. The built-in ones are at `./control`, `./manifests` and, on a server, `./executors`. */
export * from "./action.ts";
export type { Budget, BudgetScope } from "./ai/budget.ts";
export { memoryModels } from "./ai/memory-models.ts";
export type { Charge, KeptAnswer, LiveText, Models, Reservation, ReserveRequest, TokenCounts } from "./ai/models.ts";
export type { AiSettings } from "./ai/settings.ts";
export * from "./define-node.ts";
export * from "./failure.ts";
export type { AttachedFile, AttachedFiles } from "./files.ts";
export * from "./leave.ts";
export { retryAfterOf } from "./retry-after.ts";
export type { OwnDatabase, SqlSession } from "./own-database.ts";
export type { FlowRequest, FlowResult } from "./passage/flow-run.ts";
export type { StepContext, StepOptions, StepValue } from "./passage/passage.ts";
export type { TaskInbox, TaskRequest } from "./passage/task-request.ts";
export type { WaitRequest, WaitResult } from "./passage/wait-request.ts";
export type { OtherCall, OtherNodes, Parts } from "./others.ts";
export * from "./outcome.ts";
export * from "./schema/params.ts";
