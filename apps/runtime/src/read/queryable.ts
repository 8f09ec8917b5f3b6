import type { QueryResult, QueryResultRow } from "pg";

/** What reading needs of a pool or a client. */
export interface Queryable {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}
