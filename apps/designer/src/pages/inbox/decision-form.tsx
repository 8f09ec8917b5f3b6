import { UserRound } from "lucide-react";
import { useEffect, type JSX } from "react";
import { fieldsIn } from "../../fields/schema-model.ts";
import { TaskForm } from "../../fields/task-form.tsx";
import { announce } from "../../keys/announce.ts";
import { cx } from "../../ui/cx.ts";
import { Field } from "../../ui/field.tsx";
import { useWords } from "../../words/use-words.tsx";
import { answerOf } from "./answers.ts";
import type { Task } from "./groups.ts";
import { ReasonArea } from "./reason-area.tsx";
import type { DecisionState } from "./use-decision.ts";
import { words } from "./words.ts";

/** Begins as what is proposed; types are kept. */
export function DecisionForm({ task, state }: { readonly task: Task; readonly state: DecisionState }): JSX.Element {
  const t = useWords(words);
  const { values, setValues, wrong, comment, setComment, reasonMissing } = state;
  const reasons = task.reasonFor.map((port) => answerOf(port, t, task.outcomeTitles).label);
  const error =
    reasonMissing === undefined
      ? undefined
      : t("sayWhy", { answer: answerOf(reasonMissing, t, task.outcomeTitles).label });
  const wrongCount = Object.keys(wrong).length;
  useEffect(() => {
    if (wrongCount > 0) announce(t("doesNotFit", { n: wrongCount }));
  }, [wrongCount, t]);
  return (
    <section aria-label={t("decision")}>
      <h3 className="mt-4 mb-1.5 flex flex-wrap items-baseline gap-x-2 text-13 font-semibold">
        {t("decision")}
        {hasFields(task) && <span className="text-12 font-normal text-text-3">{t("decisionHelp")}</span>}
      </h3>
      {task.onBehalfOf !== null && (
        <p className="mb-2 flex items-center gap-2 rounded-sm border border-border-strong bg-surface-sunken px-3 py-2">
          <UserRound aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
          {t("youActFor", { name: task.onBehalfOf.name })}
        </p>
      )}
      <div className={cx("grid gap-3", isShort(task) && "sm:grid-cols-[200px_minmax(0,1fr)]")}>
        {task.form !== null && hasFields(task) && (
          <div data-form>
            <TaskForm schema={task.form} values={values} onChange={setValues} errors={wrong} />
            {wrong[""] !== undefined && <p className="mt-2 text-12 text-failed-text">{wrong[""]}</p>}
          </div>
        )}
        <Field
          label={t("comment")}
          hint={reasons.length > 0 ? t("reasonHint", { answers: reasons.join(", ") }) : t("commentHint")}
          error={error}
        >
          <ReasonArea value={comment} onChange={setComment} />
        </Field>
      </div>
    </section>
  );
}

/** A form without a field asks for nothing. */
const hasFields = ({ form }: Task): boolean => form !== null && fieldsIn(form).length > 0;

/** One small field stands beside the comment. */
function isShort({ form }: Task): boolean {
  const properties = form?.["properties"];
  if (typeof properties !== "object" || properties === null || Array.isArray(properties)) return false;
  const [first, ...others] = Object.values(properties);
  if (others.length > 0 || typeof first !== "object" || first === null || Array.isArray(first)) return false;
  return first["type"] === "number" || first["type"] === "integer" || first["enum"] !== undefined;
}
