import type { QueryConfig, QueryResult, QueryResultRow } from "pg";

/** What reading needs of a pool or a client. */
export interface Queryable {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
  /** With a name: planned once a connection. For what is asked all the time. */
  query<Row extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<Row>>;
}
