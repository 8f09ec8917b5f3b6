/** Events that were accepted, and what each did. */
import type { Json } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { isUuid } from "../ids/uuid7.ts";
import { idCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import type { EventSummary, EventView } from "./event-view.ts";
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";

interface SummaryRow {
  id: string;
  name: string;
  external_id: string | null;
  actor: string;
  via: string;
  accepted_at: number;
}

const SUMMARY = "e.id, e.name, e.external_id, e.actor, e.via, holdfast.ms(e.accepted_at) as accepted_at";

const summary = (row: SummaryRow): EventSummary => ({
  id: row.id,
  name: row.name,
  externalId: row.external_id,
  actor: parseActor(row.actor),
  via: row.via,
  acceptedAt: iso(row.accepted_at),
});

/** The newest first. */
export async function listEvents(
  database: Queryable,
  workspace: number,
  filter: { readonly name?: string | undefined },
  page: PageRequest,
): Promise<Page<EventSummary>> {
  const result = await database.query<SummaryRow>(
    `select ${SUMMARY} from holdfast.events e
      where e.workspace = $1 and ($2::uuid is null or e.id < $2) and ($3::text is null or e.name = $3)
      order by e.id desc limit $4`,
    [workspace, idCursor(page), filter.name ?? null, page.limit + 1],
  );
  return pageOf(result.rows, page.limit, summary, (row) => row.id);
}

export async function findEvent(database: Queryable, workspace: number, id: string): Promise<EventView | undefined> {
  if (!isUuid(id)) return undefined;
  const result = await database.query<
    SummaryRow & {
      data: Json;
      refusals: EventView["refused"] | null;
      started: EventView["started"];
      resolved: EventView["resolved"];
    }
  >(
    `select ${SUMMARY}, e.data, e.refusals,
            array(select json_build_object('runId', r.id, 'flow', f.id)
                    from holdfast.runs r join holdfast.flows f on f.ref = r.flow
                   where r.trigger_event = e.id and r.parent is null order by r.id) as started,
            array(select json_build_object('runId', w.run, 'waitId', w.id, 'node', w.node)
                    from holdfast.waits w where w.event = e.id order by w.id) as resolved
       from holdfast.events e where e.workspace = $1 and e.id = $2`,
    [workspace, id],
  );
  const row = result.rows[0];
  if (row === undefined) return undefined;
  const { data, started, resolved, refusals } = row;
  return { ...summary(row), data, started, resolved, refused: refusals ?? [] };
}
