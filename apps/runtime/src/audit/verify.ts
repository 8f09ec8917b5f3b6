/** Verifying: each chain is computed anew, and laid beside the signed heads from outside the database. */
import type { Pool, PoolClient } from "pg";
import type { PublicKey } from "./audit-key.ts";
import { chainEnds, followChain, type Link } from "./chain.ts";
import { type Head, isSigned } from "./head.ts";

export type Wrong =
  /** There is no such entry, though later ones or a head say that there was. */
  | { readonly code: "entry_missing"; readonly seq: number; readonly message: string }
  /** Its text, or its hash, is not what it was. */
  | { readonly code: "entry_changed"; readonly seq: number; readonly message: string }
  /** The chain holds, but is not the one that was signed: it was made anew from somewhere after `seq` - 1. */
  | { readonly code: "chain_replaced"; readonly seq: number; readonly message: string }
  /** The heads themselves are not what they were. */
  | {
      readonly code: "head_not_signed" | "head_key_unknown" | "head_missing";
      readonly seq: number;
      readonly message: string;
    };

export interface VerifiedChain {
  readonly workspace: number;
  readonly entries: number;
  /** The newest head that the chain was found to fit. */
  readonly provedUpTo: Head | null;
  /** Entries after it: nothing outside the database vouches for them yet. */
  readonly uncovered: number;
  readonly wrong: Wrong | null;
}

/** @param keys That may have signed heads. */
export async function verifyAudit(
  database: Pool,
  heads: readonly Head[],
  keys: readonly PublicKey[],
): Promise<readonly VerifiedChain[]> {
  const client = await database.connect();
  try {
    // One moment for all of it. Heads were read before, so the chains are at least as long as they say.
    await client.query("begin isolation level repeatable read read only");
    const stored = await storedHeads(client);
    const ends = await chainEnds(client);
    const workspaces = new Set([...ends.map((end) => end.workspace), ...heads.map((head) => head.workspace)]);
    const chains: VerifiedChain[] = [];
    for (const workspace of [...workspaces].toSorted((a, b) => a - b)) {
      const own = heads.filter((head) => head.workspace === workspace).toSorted((a, b) => a.seq - b.seq);
      const known = stored.filter((head) => head.workspace === workspace);
      const lost = wrongHead(own, known, keys);
      const signed = own.filter((head) => keys.some((key) => isSigned(head, key)));
      chains.push(await verifyChain(client, { workspace, heads: signed, stored: known, lost }));
    }
    return chains;
  } finally {
    await client.query("rollback").catch(() => undefined);
    client.release();
  }
}

/** A head as the database has it: no proof, but whoever makes a chain anew has to think of it, too. */
type StoredHead = Pick<Head, "workspace" | "seq" | "hash" | "at" | "keyId">;

async function storedHeads(client: PoolClient): Promise<readonly StoredHead[]> {
  const { rows } = await client.query<StoredHead>(
    `select workspace, seq, encode(hash, 'hex') as hash, key_id as "keyId",
            to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
       from holdfast.audit_heads order by seq desc`,
  );
  return rows;
}

function wrongHead(
  heads: readonly Head[],
  stored: readonly StoredHead[],
  keys: readonly PublicKey[],
): Wrong | undefined {
  for (const head of heads) {
    const { seq, keyId } = head;
    const key = keys.find(({ id }) => id === keyId);
    if (key === undefined) {
      const message = `the head of entry ${seq} is signed by the key ${keyId}, which is not known here: tell it with --public-key`;
      return { code: "head_key_unknown", seq, message };
    }
    if (!isSigned(head, key)) {
      return { code: "head_not_signed", seq, message: `the signature of the head of entry ${seq} does not fit it` };
    }
  }
  const newest = heads.at(-1)?.seq ?? 0;
  // Another server may have a key and a file of its own; but where the file has none at all, it is the file that is gone.
  const isOurs = ({ keyId }: StoredHead): boolean => heads.length === 0 || keys.some(({ id }) => id === keyId);
  const lost = stored.find((head) => head.seq > newest && isOurs(head));
  if (lost === undefined) return undefined;
  const found = newest === 0 ? "none at all" : `none beyond entry ${newest}`;
  const message = `the database knows of a signed head of entry ${lost.seq}, and the file has ${found}`;
  return { code: "head_missing", seq: lost.seq, message };
}

interface Known {
  readonly workspace: number;
  /** Signed, from outside the database. */
  readonly heads: readonly Head[];
  readonly stored: readonly StoredHead[];
  readonly lost: Wrong | undefined;
}

async function verifyChain(database: PoolClient, { workspace, heads, stored, lost }: Known): Promise<VerifiedChain> {
  let newest = 0;
  let proved: Head | null = null;
  let wrong: Wrong | undefined = lost;
  const known: readonly (Head | StoredHead)[] = [...heads, ...stored];
  const ahead = known.toSorted((a, b) => a.seq - b.seq);
  for await (const link of followChain(database, workspace)) {
    if ("what" in link) {
      wrong = brokenAt(link.seq, link.what);
      break;
    }
    newest = link.seq;
    while (ahead[0]?.seq === link.seq) {
      const head = ahead.shift();
      if (head === undefined) break;
      if (!fits(head, link)) {
        wrong = replacedAfter(proved, head);
        break;
      }
      if ("signature" in head) proved = head;
    }
    if (wrong?.code === "chain_replaced") break;
  }
  const [beyond] = ahead;
  if (beyond !== undefined && (wrong === undefined || wrong === lost)) {
    const message = `entry ${newest + 1} is missing: the chain ends at ${newest}, and a signed head knows entry ${beyond.seq}`;
    wrong = { code: "entry_missing", seq: newest + 1, message };
  }
  const entries = await count(database, workspace);
  return {
    workspace,
    entries,
    provedUpTo: proved,
    uncovered: Math.max(0, newest - (proved?.seq ?? 0)),
    wrong: wrong ?? null,
  };
}

const fits = (head: StoredHead, link: Link): boolean => link.hash.toString("hex") === head.hash;

function brokenAt(seq: number, what: "missing" | "changed"): Wrong {
  return what === "missing"
    ? { code: "entry_missing", seq, message: `entry ${seq} is missing` }
    : { code: "entry_changed", seq, message: `entry ${seq} is not what it was when it was written` };
}

function replacedAfter(proved: Head | null, head: StoredHead): Wrong {
  const seq = (proved?.seq ?? 0) + 1;
  const message = `between entry ${seq} and ${head.seq} the chain was made anew: it is not the one whose head was signed at ${head.at}`;
  return { code: "chain_replaced", seq, message };
}

async function count(database: PoolClient, workspace: number): Promise<number> {
  const { rows } = await database.query<{ entries: number }>(
    "select count(*) as entries from holdfast.operations where workspace = $1",
    [workspace],
  );
  return rows[0]?.entries ?? 0;
}
