/**
 * Who may do what. One row per action; an action without a row is denied.
 *
 * A person may do what one of their roles may. A key may do what its person may and its scopes name: a key never has
 * a right that its person has lost.
 */
export const ROLES = ["viewer", "analyst", "manager", "developer", "administrator"] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

export const SCOPES = [
  "flows:read",
  "flows:write",
  "runs:read",
  "runs:start",
  "runs:operate",
  "events:read",
  "events:send",
  "tasks:read",
  "tasks:decide",
  "incidents:read",
  "incidents:resolve",
  "audit:read",
  "keys:manage",
  "credentials:read",
  "credentials:manage",
  "clock:move",
] as const;
export type Scope = (typeof SCOPES)[number];

export interface Right {
  /** What a key needs; null: every valid key will do; `session`: none will, it takes a person who has signed in. */
  readonly scope: Scope | "session" | null;
  /** Any one of them will do. */
  readonly roles: readonly Role[];
  /** Whoever the thing belongs to needs no role. */
  readonly own?: true;
}

const everybody = ROLES;

export const RIGHTS = {
  "me.read": { scope: null, roles: everybody },
  // One's name, password and sessions: also of somebody who has no role yet. Nobody else's.
  "me.change": { scope: "session", roles: [], own: true },
  "person.read": { scope: "session", roles: everybody },
  "person.manage": { scope: "session", roles: ["administrator"] },
  "flow.read": { scope: "flows:read", roles: everybody },
  "flow.publish": { scope: "flows:write", roles: ["analyst", "developer", "administrator"] },
  "draft.edit": { scope: "flows:write", roles: ["analyst", "developer", "administrator"] },
  "nodeType.read": { scope: "flows:read", roles: everybody },
  "run.read": { scope: "runs:read", roles: everybody },
  "run.start": { scope: "runs:start", roles: ["analyst", "manager", "developer", "administrator"] },
  "run.operate": { scope: "runs:operate", roles: ["manager", "developer", "administrator"] },
  "event.read": { scope: "events:read", roles: everybody },
  "event.send": { scope: "events:send", roles: ["analyst", "manager", "developer", "administrator"] },
  "task.read": { scope: "tasks:read", roles: everybody },
  // Who may decide this very task depends on its assignment, which the decision itself checks in its transaction.
  "task.decide": { scope: "tasks:decide", roles: everybody },
  // Comments and files: whoever asked has something to say too.
  "task.comment": { scope: "tasks:decide", roles: everybody },
  // Whoever is told changes how.
  "notification.read": { scope: "session", roles: everybody },
  "calendar.read": { scope: "session", roles: everybody },
  "calendar.manage": { scope: "session", roles: ["analyst", "administrator"] },
  "absence.set": { scope: "session", roles: everybody },
  // Whoever keeps a view changes it; a shared one also an administrator.
  "inboxView.change": { scope: "session", roles: ["administrator"], own: true },
  "incident.read": { scope: "incidents:read", roles: everybody },
  "incident.resolve": { scope: "incidents:resolve", roles: ["manager", "developer", "administrator"] },
  "health.read": { scope: "runs:read", roles: everybody },
  // Figures by flow and group, never by person.
  "insights.read": { scope: "session", roles: everybody },
  // What language models took: by flow and node, as everybody who sees their runs could add up.
  "model.read": { scope: "runs:read", roles: everybody },
  // Who did what, from where, to whom: personal data of everybody.
  "audit.read": { scope: "audit:read", roles: ["administrator"] },
  "key.list": { scope: "keys:manage", roles: ["administrator"], own: true },
  // Nobody makes keys for others: whoever holds a key decides as its person.
  "key.create": { scope: "keys:manage", roles: [], own: true },
  "key.revoke": { scope: "keys:manage", roles: ["administrator"], own: true },
  // Names, and what they are granted to: whoever draws a flow names one. Values are told to nobody.
  "credential.use": { scope: "credentials:read", roles: ["analyst", "developer", "administrator"] },
  "credential.manage": { scope: "credentials:manage", roles: ["developer", "administrator"] },
  "clock.move": { scope: "clock:move", roles: ["manager", "developer", "administrator"] },
} as const satisfies Record<string, Right>;

export type Action = keyof typeof RIGHTS;

export const isAction = (text: string): text is Action => Object.hasOwn(RIGHTS, text);

export const ACTIONS: readonly Action[] = Object.keys(RIGHTS).filter(isAction);
