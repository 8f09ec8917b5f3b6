/** Who is away, and who stands in for them. */
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";

interface NamedPerson {
  readonly id: string;
  readonly name: string;
}

export interface AbsenceView {
  /** Whoever stands in, or for whom one does. */
  readonly person: NamedPerson;
  readonly from: string;
  readonly until: string;
  /** Whether it is now. */
  readonly now: boolean;
}

export interface AbsencesOf {
  /** One's own, under way or to come. */
  readonly own: AbsenceView | null;
  /** For whom one stands in. */
  readonly standsInFor: readonly AbsenceView[];
}

export async function absencesOf(database: Queryable, workspace: number, person: string): Promise<AbsencesOf> {
  const { rows } = await database.query<{
    own: boolean;
    id: string;
    name: string;
    from: number;
    until: number;
    now: boolean;
  }>(
    `select a.person = $1 as own, p.id, p.name, holdfast.ms(a.from_at) as from, holdfast.ms(a.until_at) as until,
            a.from_at <= holdfast.now() as now
       from holdfast.absences a
       join holdfast.people p on p.id = case when a.person = $1 then a.delegate else a.person end
      where a.workspace = $2 and a.ended_at is null and a.until_at > holdfast.now() and $1 in (a.person, a.delegate)
      order by a.from_at, a.id`,
    [person, workspace],
  );
  const view = ({ id, name, from, until, now }: (typeof rows)[number]): AbsenceView => ({
    person: { id, name },
    from: iso(from),
    until: iso(until),
    now,
  });
  const own = rows.find((row) => row.own);
  return { own: own === undefined ? null : view(own), standsInFor: rows.filter((row) => !row.own).map(view) };
}
