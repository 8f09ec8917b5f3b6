export * from "./json.ts";
export * from "./contract/manifest.ts";
export * from "./contract/outcome.ts";
export * from "./contract/behavior.ts";

export * from "./calendar/calendar.ts";
export { addWorkingTime, workingSpanOf } from "./calendar/working-time.ts";
export type { WorkingSpan } from "./calendar/working-time.ts";
export { atWallTime, wallTime } from "./calendar/zone.ts";

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
export { sentenceOf, sentenceParts } from "./document/sentence.ts";
export type { SentencePart, SentenceWords } from "./document/sentence.ts";
export * from "./document/walk-nodes.ts";

export * from "./node-page/node-page.ts";
export { markdownTable, pageText } from "./node-page/page-text.ts";

export { canBeCalled } from "./validate/call-rules.ts";
export { manifestsFor } from "./validate/manifests.ts";
export { calledNodes, typesIn } from "./validate/called-nodes.ts";
export type { CalledNode } from "./validate/called-nodes.ts";
export { validateFlow } from "./validate/validate-flow.ts";
export type { Validation, ValidateOptions } from "./validate/validate-flow.ts";
export { typeEnvAt, typeEnvsOf } from "./validate/type-env.ts";
export { ISSUE_CODES } from "./validate/codes.ts";
export type { IssueCode } from "./validate/codes.ts";

export { countChangedPlaces, placeOfChange } from "./diff/changed-places.ts";
export { diffFlows } from "./diff/diff-flows.ts";
export type { Change, SemanticDiff, Subject } from "./diff/change.ts";
export { diffValues } from "./diff/value-diff.ts";
export type { ValueChange } from "./diff/value-diff.ts";

export { applyChanges } from "./edit/apply-changes.ts";
export type { AppliedChanges } from "./edit/apply-changes.ts";
export { invertChanges } from "./edit/change.ts";
export type { ChangeConflict, DocumentChange } from "./edit/change.ts";
export { changesBetween } from "./edit/changes-between.ts";
export { edgeKeyOf, keyedEdges } from "./edit/edge-list.ts";

export { migrateDocument, UnsupportedFormatError } from "./migrations/migrate-document.ts";

export { ExpressionError } from "./expression/error.ts";
export type { ExpressionErrorCode } from "./expression/error.ts";
export { EXPRESSION_LIMITS } from "./expression/limits.ts";
export { compileCondition } from "./expression/condition.ts";
export type { Compiled } from "./expression/condition.ts";
export { compileTemplate } from "./expression/template.ts";
export type { CompiledTemplate } from "./expression/template.ts";
export { compileParams, ParamsError } from "./expression/params.ts";
export type { CompiledParams } from "./expression/params.ts";
export { stepErrorOf } from "./expression/step-error.ts";
export { expressionSites } from "./expression/sites.ts";
export type { ExpressionSite } from "./expression/sites.ts";
export type { Reference } from "./expression/references.ts";
export { ROOT_NAMES } from "./expression/roots.ts";
export type { RootName, Roots } from "./expression/roots.ts";
export { isTemplate, scanTemplate } from "./expression/scan.ts";
export type { Piece } from "./expression/scan.ts";
export { readSyntax } from "./expression/syntax.ts";
export type { Syntax, SyntaxOperator, SyntaxStep } from "./expression/syntax.ts";
export { moneyText } from "./expression/functions/money.ts";
export { escapeHtml, renderText } from "./expression/render.ts";
export { checkCondition, checkExpression, checkTemplate } from "./expression/check.ts";
export type { ConditionCheck, TemplateCheck, TemplateIssue } from "./expression/check.ts";
export { ERROR_SCHEMA, RUN_SCHEMA, TRIGGER_SCHEMA } from "./expression/check/env.ts";
export type { NodeType, TypeEnv } from "./expression/check/env.ts";
export type { ExpressionIssue, ExpressionIssueCode } from "./expression/check/issue.ts";
export { completionsAt } from "./expression/completions.ts";
export type { Completion } from "./expression/completions.ts";
export { FUNCTIONS } from "./expression/functions/library.ts";
export type { FunctionSpec } from "./expression/functions/spec.ts";
export { referencesTo, renameInDocument } from "./expression/rename.ts";
export type { DocumentReference } from "./expression/rename.ts";

export { compileSchema } from "./json-schema/compile.ts";
export type { CompiledSchema, SchemaError, SchemaResult } from "./json-schema/compile.ts";
export { schemaAccepts } from "./json-schema/accepts.ts";
export type { Acceptance } from "./json-schema/accepts.ts";
export { applyDefaults } from "./json-schema/defaults.ts";
export { isUsableSchema, schemaProblems } from "./json-schema/usable.ts";
export type { SchemaProblem } from "./json-schema/usable.ts";
export { inlineRefs } from "./json-schema/inline.ts";
export { elementOf, fieldNames, fieldOf, kindsOf, valuesOf } from "./json-schema/shape.ts";
export type { Field, FieldPresence, JsonKind } from "./json-schema/shape.ts";
