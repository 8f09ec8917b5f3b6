/**
 * dependency-cruiser walks what swc has parsed with swc's own visitor, which is no longer kept up and stops at a `using`
 * declaration. Importing this module teaches it that one statement.
 */
// oxlint-disable typescript/no-deprecated -- it is the visitor that dependency-cruiser uses
import type { Statement, VariableDeclarator } from "@swc/core";
import { Visitor } from "@swc/core/Visitor.js";

/** What swc's parser gives and its types don't know. */
interface UsingDeclaration {
  readonly type: "UsingDeclaration";
  readonly decls: VariableDeclarator[];
}

function isUsing(statement: object): statement is UsingDeclaration {
  return "type" in statement && statement.type === "UsingDeclaration";
}

/** Widened first: to the types, no statement can be one. */
function asUsing(statement: object): UsingDeclaration | undefined {
  return isUsing(statement) ? statement : undefined;
}

// oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
const { visitStatement } = Visitor.prototype;

Visitor.prototype.visitStatement = function visitEveryStatement(this: Visitor, statement: Statement): Statement {
  const using = asUsing(statement);
  if (using === undefined) return visitStatement.call(this, statement);
  this.visitVariableDeclarators(using.decls);
  return statement;
};
