/** What procedures work with. */
import type { NodeManifest } from "@holdfast/dsl";
import type { Pool } from "pg";
import type { Authenticator } from "../keys/authenticate.ts";
import type { Logger } from "../log/logger.ts";
import type { Services } from "../services/services.ts";
import type { SignedIn } from "../session/signed-in.ts";

/** The same for every call. */
export interface RpcTools {
  readonly services: Services;
  readonly database: Pool;
  readonly nodeTypes: readonly NodeManifest[];
  readonly authenticator: Authenticator;
  readonly logger: Logger;
}

export interface RpcContext extends RpcTools {
  /** Who has signed in; null: nobody. */
  readonly principal: SignedIn | null;
  readonly requestId: string;
}
