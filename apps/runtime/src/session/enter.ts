/** Somebody comes in, goes, or is kept out: all of it is in the audit. */
import type { Pool } from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { beginSession, endSession, type SessionOrigin } from "./session-store.ts";

/** Begins a session of somebody who has proved to be that person. @returns Its token. */
export function enter(
  database: Pool,
  workspace: number,
  person: string,
  { way = "password", agent, address }: SessionOrigin = {},
): Promise<string> {
  return inTransaction(database, async (client) => {
    const origin = { way, agent, ...(address === undefined ? {} : { address }) };
    const token = await beginSession(client, workspace, person, origin);
    await noteOperation(
      client,
      { workspace, actor: { kind: "person", id: person }, door: way === "link" ? "link" : "app" },
      { action: "session.begin", target: `person:${person}`, after: { way, address: address ?? null } },
    );
    return token;
  });
}

/** Ends the session, as its person wishes. One that has ended is nobody's to end. */
export function leave(database: Pool, token: string): Promise<void> {
  return inTransaction(database, async (client) => {
    const ended = await endSession(client, token);
    if (ended === undefined) return;
    const { workspace, person } = ended;
    const caller = { workspace, actor: { kind: "person", id: person }, door: "app" } as const;
    await noteOperation(client, caller, { action: "session.end", target: `person:${person}` });
  });
}

/**
 * Notes that all tries to sign in as a person have been used up. Single mistakes are not noted, nor tries for people who
 * don't exist: whoever is outside could fill the audit with them, and people type passwords where an address belongs.
 */
export function noteKeptOut(database: Pool, workspace: number, person: string, address: string): Promise<unknown> {
  return inTransaction(database, (client) =>
    noteOperation(
      client,
      { workspace, actor: { kind: "system", id: "sign-in" }, door: "app" },
      { action: "session.refuse", target: `person:${person}`, after: { address, reason: "too_many_tries" } },
    ),
  );
}
