/** The database in which a host keeps its runs, where flows use it too. Types only. */
import type { JsonObject } from "@holdfast/dsl";

/** A connection to a database, as far as it is used by others than whoever opened it. Rejects with the server's error. */
export interface SqlSession {
  /** One statement with its values. */
  query(text: string, values?: readonly unknown[]): Promise<readonly JsonObject[]>;
  /** A last statement and the commit, sent together, so that the server waits for nobody in between. If it fails, all is undone. */
  commitAfter(text: string, values: readonly unknown[]): Promise<void>;
  /** Breaks it off. Whatever was not committed is undone. */
  destroy(): void;
}

/** Of a host whose runs are kept in Postgres. */
export interface OwnDatabase {
  /**
   * Whether a connection leads to the database of the runs. There a sub-step may `transact`, and happens exactly once.
   * @throws NodeFailure if the role that is signed in may touch the rows of the host itself
   */
  recognizes(session: SqlSession): Promise<boolean>;
}
