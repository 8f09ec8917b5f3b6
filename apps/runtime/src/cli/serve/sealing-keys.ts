/** The keys that seal credentials, for this process: of the environment, of a file it names, or of the data folder. */
import type { Config } from "../../config/config.ts";
import { ensureKeyFile, keyFileOf, readKeyFile } from "../../credentials/key-file.ts";
import { KeyRing } from "../../credentials/key-ring.ts";
import type { Logger } from "../../log/logger.ts";

/** Where a process keeps what lasts. */
export interface DataFolder {
  readonly folder: string | undefined;
  /** Whether a file of keys is made there: only by a process that needs no other, which could not read what it seals. */
  readonly make: boolean;
}

/** @returns Nothing where there are none: stored credentials can't be read, and none can be stored. */
export async function openKeyRing(
  { sealKeys, sealKeyFile }: Config,
  { folder, make }: DataFolder,
  logger: Logger,
): Promise<KeyRing | undefined> {
  if (sealKeys !== undefined) return new KeyRing(() => sealKeys);
  const file = sealKeyFile ?? (folder === undefined ? undefined : keyFileOf(folder));
  if (file === undefined) return undefined;
  try {
    if (make && sealKeyFile === undefined) await ensureKeyFile(file);
    return new KeyRing(() => readKeyFile(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    if (sealKeyFile !== undefined || make) logger.error({ file, reason }, "no keys for stored credentials");
    return undefined;
  }
}
