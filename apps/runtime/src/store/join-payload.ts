/** A reference has 51 characters; what is larger need not be read for one. */
const MOST = 80;

/**
 * SQL: what a column refers to, as `p`; nothing where it holds its value itself. Only text as a row of ours has it is a
 * reference, and only to a payload of the same run: what a flow makes may look like one.
 */
export const joinPayload = (run: string, column: string): string => `left join holdfast.payloads p on p.run = ${run}
        and p.id = case when pg_column_size(${column}) < ${MOST} then
          case when ${column}::text ~ '^\\{"\\$payload":"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"\\}$'
            then (${column} ->> '$payload')::uuid end end`;
