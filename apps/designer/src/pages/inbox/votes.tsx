import type { JSX } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useWords } from "../../words/use-words.tsx";
import { answerOf, type T } from "./answers.ts";
import { Difference, differenceOf } from "./difference.tsx";
import type { Task } from "./groups.ts";
import { words } from "./words.ts";

/** How far the answers are, where one takes several people: "1 of 2 for “Approve”; needs one more". */
function progressOf(task: Pick<Task, "needs" | "votes" | "outcomes" | "outcomeTitles">, t: T): readonly string[] {
  return task.outcomes.flatMap((port) => {
    const needed = task.needs[port] ?? 1;
    const given = task.votes.filter(({ outcome }) => outcome === port).length;
    if (needed < 2) return [];
    const answer = answerOf(port, t, task.outcomeTitles).label;
    return [t("progress", { n: given, of: needed, answer, left: Math.max(0, needed - given) })];
  });
}

/** Who has answered, with what, and how many more it takes; of a closed task what came of it. */
export function Votes({ task }: { readonly task: Task }): JSX.Element | null {
  const t = useWords(words);
  const open = task.status === "open";
  const lines = open ? progressOf(task, t) : [];
  if (lines.length === 0 && (open || task.votes.length === 0)) return null;
  const title = t(open ? "answersSoFar" : "answers");
  return (
    <section aria-label={title} className="mt-4">
      <h3 className="mb-1 text-13 font-semibold">{title}</h3>
      {lines.map((line) => (
        <p key={line} className="text-14 text-text-2">
          {line}
        </p>
      ))}
      {open &&
        task.tooFew.map(({ outcome, needs, people }) => (
          <p key={outcome} className="mt-1 text-14 text-failed-text">
            {t("tooFew", { answer: answerOf(outcome, t, task.outcomeTitles).label, needs, people })}
          </p>
        ))}
      <ul className="mt-2 flex flex-col gap-2">
        {task.votes.map((vote) => {
          const name = vote.by.name ?? t("somebody");
          const given = answerOf(vote.outcome, t, task.outcomeTitles).given;
          return (
            <li key={`${vote.by.id} ${vote.at}`} className="flex items-start gap-2.5 text-14">
              <Avatar name={name} />
              <div className="min-w-0">
                <b className="font-medium">{name}</b>: {given}{" "}
                {vote.onBehalfOf !== null && (
                  <span className="text-text-2">{t("onBehalfOf", { name: vote.onBehalfOf.name })} </span>
                )}
                <RelativeTime at={vote.at} className="text-12 text-text-3" />
                {vote.comment !== null && (
                  <span className="block break-words whitespace-pre-wrap text-text-2">{vote.comment}</span>
                )}
                {vote.data !== null && <Difference form={task.form} changes={differenceOf(task.prefill, vote.data)} />}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
