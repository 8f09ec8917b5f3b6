/**
 * What the tables tell about the whole installation, whichever process is asked. Each figure comes from an index that
 * holds only what is open or moving, so that asking costs little however much history there is.
 */
import { Gauge, type Registry } from "prom-client";
import type { Queryable } from "../read/queryable.ts";

/** Milliseconds: scrapes that come closer together get the same figures. */
const GOOD_FOR_MS = 5_000;

interface Figures {
  moving: number;
  open_tasks: number;
  open_incidents: number;
  due_timers: number;
  workers: number;
  history: number;
}

const GAUGES: Readonly<Record<keyof Figures, { readonly name: string; readonly help: string }>> = {
  moving: { name: "holdfast_runs_moving", help: "Runs that are queued, running, or have a cause to look again." },
  open_tasks: { name: "holdfast_tasks_open", help: "Tasks that wait for a decision." },
  open_incidents: { name: "holdfast_incidents_open", help: "Incidents that wait for a repair." },
  due_timers: { name: "holdfast_timers_due", help: "Timers whose time has come." },
  workers: { name: "holdfast_workers", help: "Processes that gave a sign of life in the last 30 seconds." },
  history: { name: "holdfast_history_seconds", help: "Age of the oldest run that is kept, open or ended." },
};

const FIGURES = ["moving", "open_tasks", "open_incidents", "due_timers", "workers", "history"] as const;

export function addDatabaseMetrics(registry: Registry, database: Queryable, onError: (error: unknown) => void): void {
  let figures: Promise<Figures | undefined> | undefined;
  let readAt = 0;
  const read = (): Promise<Figures | undefined> => {
    if (figures === undefined || performance.now() - readAt > GOOD_FOR_MS) {
      readAt = performance.now();
      figures = readFigures(database).catch((error: unknown) => {
        onError(error);
        return undefined;
      });
    }
    return figures;
  };
  const gauge = (figure: keyof Figures): Gauge =>
    new Gauge({
      ...GAUGES[figure],
      registers: [],
      async collect() {
        const value = (await read())?.[figure];
        // Without an answer the series is left out: an old figure would look like a live one.
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  for (const figure of FIGURES) registry.registerMetric(gauge(figure));
}

async function readFigures(database: Queryable): Promise<Figures | undefined> {
  const result = await database.query<Figures>(
    `select (select count(*)::int from holdfast.runs
              where status in ('queued', 'running') or wake_seq <> seen_seq) as moving,
            (select count(*)::int from holdfast.tasks where status = 'open') as open_tasks,
            (select count(*)::int from holdfast.incidents where status = 'open') as open_incidents,
            (select count(*)::int from holdfast.timers where due_at <= (select holdfast.now())) as due_timers,
            (select count(*)::int from holdfast.workers
              where stopped_at is null and seen_at > clock_timestamp() - interval '30 seconds') as workers,
            coalesce((select extract(epoch from holdfast.now() - started_at)::float8
                        from holdfast.runs order by id limit 1), 0) as history`,
  );
  return result.rows[0];
}
