/** What procedures work with. */
import type { NodeManifest } from "@holdfast/dsl";
import type { Pool } from "pg";
import type { Vault } from "../credentials/vault.ts";
import type { Authenticator } from "../keys/authenticate.ts";
import type { Live } from "../live/live.ts";
import type { Logger } from "../log/logger.ts";
import type { OpenIdProvider } from "../provider/open-id-provider.ts";
import type { DemoPerson } from "../people/demo-people.ts";
import type { Services } from "../services/services.ts";
import type { Mail } from "../session/request-reset.ts";
import type { SignedIn } from "../session/signed-in.ts";
import type { Visit } from "../session/visit.ts";

/** Pages beside Holdfast's own. */
export interface AppLinks {
  /** The mails that the demo's shop has received. */
  readonly mails?: string;
  /** The demo's shop. */
  readonly shop?: string;
}

/** Demo mode: time can be moved, and whoever is on this computer can sign in as anybody. */
export interface DemoMode {
  readonly links: AppLinks;
  readonly people: readonly (DemoPerson & { readonly password: string })[];
}

/** The same for every call. */
export interface RpcTools {
  readonly services: Services;
  readonly live: Live;
  readonly database: Pool;
  readonly nodeTypes: readonly NodeManifest[];
  readonly authenticator: Authenticator;
  readonly logger: Logger;
  readonly version: string;
  readonly demo: DemoMode | undefined;
  /** Takes secrets out of text that this process knows. */
  readonly scrub?: ((text: string) => string) | undefined;
  /** Absent: there is no mail server. */
  readonly sendMail?: ((mail: Mail) => Promise<void>) | undefined;
  /** Absent: this process stores no credentials. */
  readonly vault?: Vault | undefined;
  /** Absent: people sign in with e-mail and password alone. */
  readonly provider?: OpenIdProvider | undefined;
}

export interface RpcContext extends RpcTools {
  /** Who has signed in; null: nobody. */
  readonly principal: SignedIn | null;
  /** Who it is by now: the session may have ended, and roles may have changed. */
  readonly whoNow: () => Promise<SignedIn | null>;
  readonly requestId: string;
  readonly visit: Visit;
}
