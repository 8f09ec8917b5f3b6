/** The key that signs the audit's heads: Ed25519, told by the environment or made at the first start. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, randomUUID, type KeyObject } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileCode } from "./file-code.ts";

export interface AuditKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export interface PublicKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** Tells keys apart: the first 16 digits of the SHA-256 of the public key (SPKI, DER). */
const idOf = (key: KeyObject): string => hash("sha256", key.export({ type: "spki", format: "der" })).slice(0, 16);

/** @throws Error if it is no private Ed25519 key in PEM. */
export function readPrivateKey(pem: string): AuditKey {
  // Compose files and shells write a line break as `\n`.
  const privateKey = createPrivateKey(pem.replaceAll("\\n", "\n"));
  if (privateKey.asymmetricKeyType !== "ed25519") throw new Error("it is not an Ed25519 key");
  const publicKey = createPublicKey(privateKey);
  return { id: idOf(publicKey), privateKey, publicKey };
}

/** @throws Error if it is no public Ed25519 key in PEM. */
export function readPublicKey(pem: string): PublicKey {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("it is not an Ed25519 key");
  return { id: idOf(key), key };
}

export const publicPem = (key: KeyObject): string => key.export({ type: "spki", format: "pem" }).toString();

const keyFile = (dir: string): string => join(dir, "audit", "key.pem");

/** The key of a data folder; undefined: none has been made yet. */
export async function findAuditKey(dir: string): Promise<AuditKey | undefined> {
  try {
    return readPrivateKey(await readFile(keyFile(dir), "utf8"));
  } catch (error) {
    if (fileCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The same, made if there is none. Of two processes that make one at once, both get the first. */
export async function ensureAuditKey(dir: string): Promise<AuditKey> {
  const found = await findAuditKey(dir);
  if (found !== undefined) return found;
  await mkdir(join(dir, "audit"), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync("ed25519");
  // A draft of its own for each caller, in one process too: a shared one would be rewritten after it became the key.
  const draft = `${keyFile(dir)}.${randomUUID()}`;
  await writeFile(draft, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flush: true });
  try {
    await link(draft, keyFile(dir));
  } catch (error) {
    if (fileCode(error) !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await findAuditKey(dir);
  if (made === undefined) throw new Error(`${keyFile(dir)} is gone`);
  return made;
}
