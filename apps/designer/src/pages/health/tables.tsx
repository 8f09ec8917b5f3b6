import type { JSX, ReactNode } from "react";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { durationText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Health } from "./concerns.ts";
import { sizeText } from "./size-text.ts";
import { words } from "./words.ts";

/** The processes, and where the room goes. */
export function HealthTables({ health }: { readonly health: Health }): JSX.Element {
  const t = useWords(words);
  const number = new Intl.NumberFormat(t.language);
  return (
    <>
      <Table
        title={t("workers")}
        head={[t("host"), "", t("role"), t("holds"), t("seen"), t("since")]}
        rows={health.workers.map((worker) => ({
          key: String(worker.id),
          cells: [
            <code key="host">{`${worker.host} · ${worker.pid}`}</code>,
            <StatusMark key="alive" status={worker.alive ? "completed" : "canceled"}>
              {t(worker.alive ? "alive" : "gone")}
            </StatusMark>,
            t(worker.works ? "works" : "serves"),
            number.format(worker.runs),
            durationText(worker.silentMs, t.language),
            <RelativeTime key="since" at={worker.startedAt} />,
          ],
        }))}
      />
      <Table
        title={t("tables")}
        head={[t("table"), t("rows"), t("size")]}
        rows={health.tables.map(({ name, rows, bytes }) => ({
          key: name,
          cells: [<code key="name">{name}</code>, number.format(rows), sizeText(bytes, t.language)],
        }))}
      />
    </>
  );
}

interface TableProps {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

function Table({ title, head, rows }: TableProps): JSX.Element {
  return (
    <section className="min-w-0">
      <h2 className="mb-1.5 text-13 font-semibold">{title}</h2>
      <div
        className="overflow-x-auto rounded-sm border border-border bg-surface"
        tabIndex={0}
        role="region"
        aria-label={title}
      >
        <table className="w-full tabular-nums">
          <thead>
            <tr className="bg-surface-sunken text-left text-11 font-medium text-text-3">
              {head.map((name, index) => (
                <th
                  key={name === "" ? `column ${index}` : name}
                  scope="col"
                  className="px-3 py-1.5 font-medium whitespace-nowrap"
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key} className="border-t border-border">
                {cells.map((cell, index) => (
                  <td key={head[index]} className="h-[34px] px-3 whitespace-nowrap">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
