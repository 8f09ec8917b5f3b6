export * from "./json.ts";
export * from "./contract/manifest.ts";
export * from "./contract/outcome.ts";
export * from "./contract/behaviour.ts";
