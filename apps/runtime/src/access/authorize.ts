/**
 * The one place that says yes or no. Every door asks it before it does anything; whatever no rule allows is denied.
 */
import { Problem } from "../problem/problem.ts";
import type { Principal, Resource } from "./principal.ts";
import { RIGHTS, type Action, type Right } from "./rights.ts";

/**
 * @throws Problem 403 `missing_scope` or `missing_role`; 404 for a thing of another workspace, which the caller must
 * not even learn exists.
 */
export function authorize(principal: Principal, action: Action, resource: Resource): void {
  const right: Right | undefined = Object.hasOwn(RIGHTS, action) ? RIGHTS[action] : undefined;
  if (right === undefined) throw new Problem(403, "forbidden", `nobody may do ${JSON.stringify(action)}`);
  if (resource.workspace !== principal.workspace) throw new Problem(404, "not_found", "there is no such thing here");

  if (right.scope === "session" && principal.scopes !== undefined) {
    throw new Problem(403, "session_needed", "no key may do this, only somebody who has signed in");
  }
  if (right.scope !== null && principal.scopes !== undefined && !principal.scopes.includes(right.scope)) {
    throw new Problem(403, "missing_scope", `this key lacks the scope ${right.scope}`, {
      hint: `create a key with the scope ${right.scope}`,
      details: { scope: right.scope },
    });
  }
  const person = principal.person;
  if (right.own === true && person !== undefined && resource.owner === person.id) return;
  if (person === undefined || !right.roles.some((role) => person.roles.includes(role))) {
    throw new Problem(403, "missing_role", `this needs the role ${right.roles.join(" or ")}`, {
      hint: "ask an administrator for the role",
      details: { roles: [...right.roles] },
    });
  }
}

/** Whether `authorize` would agree. */
export function mayDo(principal: Principal, action: Action, resource: Resource): boolean {
  try {
    authorize(principal, action, resource);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
