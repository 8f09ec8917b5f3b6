import { readable } from "../../values/readable.ts";
import type { T } from "./answers.ts";
import type { Task } from "./groups.ts";

/** Whom a task is for: "managers, finance or ana@example.com". */
export function whoText(assignTo: Task["assignTo"], t: T): string {
  const names = [...assignTo.roles.map((role) => roleName(role, t)), ...assignTo.groups, ...assignTo.people];
  return new Intl.ListFormat(t.language, { type: "disjunction" }).format(names);
}

function roleName(role: string, t: T): string {
  switch (role) {
    case "manager":
    case "analyst":
    case "developer":
    case "administrator":
    case "viewer":
      return t(`role_${role}`);
    default:
      return readable(role);
  }
}
