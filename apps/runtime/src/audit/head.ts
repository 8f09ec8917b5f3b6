/** A signed head: what a chain's hash was at one place at one time. */
import { sign, verify } from "node:crypto";
import { z } from "zod";
import type { AuditKey, PublicKey } from "./audit-key.ts";
import type { Link } from "./chain.ts";

export const headShape = z.strictObject({
  workspace: z.int(),
  seq: z.int().positive(),
  /** Hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** ISO 8601, by the wall clock. */
  at: z.string(),
  keyId: z.string(),
  /** Base64. */
  signature: z.string(),
});

export type Head = z.infer<typeof headShape>;

/** What is signed: the head's fields before its signature, in this order, behind a line that names the format. */
const signedText = ({ workspace, seq, hash, at, keyId }: Omit<Head, "signature">): Buffer =>
  Buffer.from(`holdfast audit head 1\n${JSON.stringify({ workspace, seq, hash, at, keyId })}`);

export function signHead(key: AuditKey, workspace: number, link: Link, at: string): Head {
  const head = { workspace, seq: link.seq, hash: link.hash.toString("hex"), at, keyId: key.id };
  return { ...head, signature: sign(null, signedText(head), key.privateKey).toString("base64") };
}

export const isSigned = (head: Head, key: PublicKey): boolean =>
  head.keyId === key.id && verify(null, signedText(head), key.key, Buffer.from(head.signature, "base64"));
