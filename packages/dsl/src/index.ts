export * from "./json.ts";
export * from "./contract/manifest.ts";
export * from "./contract/outcome.ts";
export * from "./contract/behaviour.ts";

export * from "./document/canonical.ts";
export * from "./document/check-json.ts";
export * from "./document/duration.ts";
export * from "./document/flow.ts";
export * from "./document/issue.ts";
export * from "./document/json-field.ts";
export * from "./document/manifest-facts.ts";
export * from "./document/names.ts";
export * from "./document/node.ts";
export * from "./document/output-schema.ts";
export * from "./document/parse-flow.ts";
export * from "./document/pointer.ts";
export * from "./document/scenario.ts";
export * from "./document/semantic-hash.ts";
export * from "./document/walk-nodes.ts";

export { ExpressionError } from "./expression/error.ts";
export type { ExpressionErrorCode } from "./expression/error.ts";
export { EXPRESSION_LIMITS } from "./expression/limits.ts";
export { compileCondition } from "./expression/condition.ts";
export type { Compiled } from "./expression/condition.ts";
export { compileTemplate } from "./expression/template.ts";
export type { CompiledTemplate } from "./expression/template.ts";
export { compileParams, ParamsError } from "./expression/params.ts";
export type { CompiledParams } from "./expression/params.ts";
export { expressionSites } from "./expression/sites.ts";
export type { ExpressionSite } from "./expression/sites.ts";
export type { Reference } from "./expression/references.ts";
export { ROOT_NAMES } from "./expression/roots.ts";
export type { RootName, Roots } from "./expression/roots.ts";
export { escapeHtml, renderText } from "./expression/render.ts";

export { compileSchema } from "./json-schema/compile.ts";
export type { CompiledSchema, SchemaError, SchemaResult } from "./json-schema/compile.ts";
