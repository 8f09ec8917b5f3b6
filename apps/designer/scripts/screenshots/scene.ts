import type { Page } from "@playwright/test";
import type { Sample } from "./sample.ts";

export interface Scene {
  readonly name: string;
  /** Who looks. `nobody`: before signing in. */
  readonly as: "nobody" | "analyst" | "manager" | "administrator" | "Marta" | "Milo";
  /** Not on a phone: there its page has no panel to begin with. */
  readonly wide?: true;
  readonly path: (sample: Sample) => string;
  readonly prepare?: (page: Page, sample: Sample) => Promise<void>;
}
