/**
 * Sealing: every 1,000 entries and each day a signed head of each chain goes to a file outside the database and to the
 * log. What is signed has been computed anew from the last head on, so a broken chain is never signed.
 */
import type { Pool } from "pg";
import { inTransaction } from "../database/transaction.ts";
import type { Logger } from "../log/logger.ts";
import type { AuditKey } from "./audit-key.ts";
import { BEGINNING, chainEnds, followChain, type Link } from "./chain.ts";
import { type Head, signHead } from "./head.ts";
import { appendHeads, readHeads } from "./head-file.ts";

export interface Sealing {
  readonly database: Pool;
  readonly logger: Logger;
  readonly key: AuditKey;
  /** Of the heads. */
  readonly file: string;
  /** Wall clock, milliseconds: demo mode moves another one. */
  readonly now: () => number;
}

const EVERY_ENTRIES = 1_000;
const LOOK_MS = 10_000;

/** Signs what is due. @returns The new heads. */
export function seal(sealing: Sealing): Promise<readonly Head[]> {
  return inTransaction(sealing.database, async (client) => {
    // Processes that share a file take turns; whoever comes while another is at it has nothing to do.
    const { rows } = await client.query<{ mine: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended('holdfast.audit_heads', 0)) as mine",
    );
    if (rows[0]?.mine !== true) return [];
    const at = new Date(sealing.now()).toISOString();
    const known = await readHeads(sealing.file);
    const heads: Head[] = [];
    for (const end of await chainEnds(client)) {
      const last = known.findLast((head) => head.workspace === end.workspace);
      heads.push(...(await dueHeads(sealing, { database: client, end, last, at })));
    }
    if (heads.length === 0) return [];
    await appendHeads(sealing.file, heads);
    for (const head of heads) {
      sealing.logger.info({ head }, "audit head");
      const { workspace, seq, hash, keyId, signature } = head;
      await client.query(
        `insert into holdfast.audit_heads (workspace, seq, hash, at, key_id, signature)
         values ($1, $2, decode($3, 'hex'), $4, $5, decode($6, 'base64')) on conflict do nothing`,
        [workspace, seq, hash, at, keyId, signature],
      );
    }
    return heads;
  });
}

interface Due {
  readonly database: Parameters<typeof followChain>[0];
  readonly end: Link & { readonly workspace: number };
  readonly last: Head | undefined;
  readonly at: string;
}

async function dueHeads({ key, logger }: Sealing, { database, end, last, at }: Due): Promise<readonly Head[]> {
  const { workspace } = end;
  const newDay = last === undefined || last.at.slice(0, 10) < at.slice(0, 10);
  const full = Math.floor(end.seq / EVERY_ENTRIES) > Math.floor((last?.seq ?? 0) / EVERY_ENTRIES);
  if (!newDay && !full) return [];
  const from = last === undefined ? BEGINNING : { seq: last.seq, hash: Buffer.from(last.hash, "hex") };
  const wrong = (seq: number): readonly Head[] => {
    logger.error({ workspace, seq }, "the audit's chain is broken: nothing of it is signed any more, see audit verify");
    return [];
  };
  if (end.seq < from.seq) return wrong(end.seq + 1);
  const links: Link[] = [];
  let newest = from;
  for await (const link of followChain(database, workspace, from)) {
    if ("what" in link) return wrong(link.seq);
    newest = link;
    if (link.seq % EVERY_ENTRIES === 0) links.push(link);
  }
  if (newDay && links.at(-1)?.seq !== newest.seq) links.push(newest);
  return links.map((link) => signHead(key, workspace, link, at));
}

/** Looks now and from time to time what is due. Returns how to stop it, once a look under way has ended. */
export function keepSealing(sealing: Sealing, everyMs = LOOK_MS): () => Promise<void> {
  let busy: Promise<void> | undefined;
  const look = (): void => {
    busy ??= seal(sealing)
      .then(
        () => undefined,
        (error: unknown) => sealing.logger.error({ err: error }, "the audit's heads were not signed"),
      )
      .finally(() => {
        busy = undefined;
      });
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  look();
  return async () => {
    clearInterval(timer);
    await busy;
  };
}
