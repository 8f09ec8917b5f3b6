import { checkCondition, checkExpression, checkTemplate, joinPointer } from "@holdfast/dsl";
import type { Issue, TypeEnv } from "@holdfast/dsl";
import { missingName } from "../problems/issue-words.ts";
import type { FieldMode } from "./live-value.ts";
import type { FieldIssue } from "./quick-fix.ts";

/** What is wrong in a text, as it stands. */
export function checkField(mode: FieldMode, text: string, env: TypeEnv): readonly FieldIssue[] {
  if (text.trim() === "") return [];
  switch (mode) {
    case "template":
      return checkTemplate(text, env).issues;
    case "condition":
      return checkCondition(text, env).issues;
    case "expression":
      return checkExpression(text, env).issues;
  }
}

/** An issue of the document, as an issue of the field that it points to. */
export function fieldIssueOf({ code, severity, message, hint, range }: Issue): FieldIssue {
  return { code, severity, message, ...(hint !== undefined && { hint }), ...range };
}

/** The place of the field that an issue is about: of one that is missing, its own. */
export function fieldPointer(issue: Pick<Issue, "code" | "message" | "pointer">): string {
  const name = missingName(issue);
  return name === undefined ? issue.pointer : joinPointer(issue.pointer, name);
}

/** Both lists; what they share is said once. The document's are a moment older than the text. */
export function joinIssues(own: readonly FieldIssue[], others: readonly FieldIssue[]): readonly FieldIssue[] {
  const codes = new Set(own.map(({ code }) => code));
  const placed = own.length > 0;
  return [...own, ...others.filter((issue) => !codes.has(issue.code) && !(placed && issue.start !== undefined))];
}
