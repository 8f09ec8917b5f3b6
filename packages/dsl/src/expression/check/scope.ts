import type { ASTNode } from "../cel.ts";
import { assume, NO_FACTS } from "../guards.ts";
import type { Facts } from "../guards.ts";
import type { TypeEnv } from "./env.ts";
import type { ExpressionIssue } from "./issue.ts";
import type { Typed } from "./typed.ts";

/** What is known at one place of an expression. Immutable, but for the list of issues that all places share. */
export class Scope {
  readonly env: TypeEnv;
  readonly variables: ReadonlyMap<string, Typed>;
  readonly facts: Facts;
  readonly issues: ExpressionIssue[];

  constructor(
    env: TypeEnv,
    issues: ExpressionIssue[],
    variables: ReadonlyMap<string, Typed> = new Map(),
    facts = NO_FACTS,
  ) {
    this.env = env;
    this.issues = issues;
    this.variables = variables;
    this.facts = facts;
  }

  /** Inside a comprehension. What was proven about an outer name does not hold for an inner one. */
  bind(name: string, typed: Typed): Scope {
    const prefix = `["${name}",`;
    const facts = new Set([...this.facts].filter((fact) => !fact.startsWith(prefix)));
    return new Scope(this.env, this.issues, new Map(this.variables).set(name, typed), facts);
  }

  /** Where a condition came out so. */
  assume(condition: ASTNode, outcome: boolean): Scope {
    const facts = assume(condition, outcome, this.facts);
    return facts === this.facts ? this : new Scope(this.env, this.issues, this.variables, facts);
  }

  report(issue: Omit<ExpressionIssue, "severity">, severity: ExpressionIssue["severity"] = "error"): void {
    this.issues.push({ severity, ...issue });
  }
}
