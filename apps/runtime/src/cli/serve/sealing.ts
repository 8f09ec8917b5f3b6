/** What a process that serves does for the audit: it signs the heads of its chains. */
import type { Pool } from "pg";
import { ensureAuditKey } from "../../audit/audit-key.ts";
import { headFile } from "../../audit/head-file-of.ts";
import { keepSealing } from "../../audit/seal.ts";
import type { Config } from "../../config/config.ts";
import type { Logger } from "../../log/logger.ts";

export interface AuditOptions {
  readonly config: Config;
  readonly database: Pool;
  readonly logger: Logger;
  /** The folder for what lasts. Absent: nothing is signed here. */
  readonly data: string | undefined;
}

/**
 * Signs what is due from now on. Where the key can't be had, the log says so and everything else goes on: people's work
 * does not stop for a proof that can be made up for.
 * @returns How to stop it.
 */
export async function sealAudit({ config, database, logger, data }: AuditOptions): Promise<() => Promise<void>> {
  if (data === undefined) return async () => undefined;
  try {
    const key = config.auditKey ?? (await ensureAuditKey(data));
    return keepSealing({ database, logger, key, file: headFile(config, data, process.cwd()), now: Date.now });
  } catch (error) {
    logger.error({ err: error }, "no key for the audit's heads: none are signed");
    return async () => undefined;
  }
}
