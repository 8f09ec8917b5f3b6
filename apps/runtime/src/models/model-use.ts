/** Whose call it is, for the books. */
export interface ModelUse {
  readonly workspace: number;
  /** `flows.ref`. */
  readonly flow: number;
  /** The row of `runs`: a loop's body has one of its own. */
  readonly run: string;
  /** The flow's own run, whose budget it takes from. */
  readonly ofRun: string;
  readonly node: string;
  readonly attempt: number;
  /** IANA name: where a flow's days begin. */
  readonly timeZone: string;
}

/** What the names of calls begin with in the ledger that a person made to try a node out: their run is none. */
export const TRY_OUT = "try-out/";
