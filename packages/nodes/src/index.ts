/** How node types are made. The built-in ones are at `./control`, `./manifests` and, on a server, `./executors`. */
export * from "./action.ts";
export type { AiSettings } from "./ai/settings.ts";
export * from "./define-node.ts";
export * from "./outcome.ts";
export * from "./schema/params.ts";
