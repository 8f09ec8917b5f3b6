/** What people do with tasks, put together for the doors. */
import { iso } from "../host/expression-roots.ts";
import { isUuid } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";
import type { Woken } from "../store/wakes.ts";
import { claimTask, releaseTask } from "./claim-task.ts";
import { commentOnTask } from "./comment.ts";
import { decideMany, eachOf } from "./decide-many.ts";
import { decideTask, type Decided, type DecisionContext } from "./decide-task.ts";
import { delegateTask, endDelegation } from "./delegate-task.ts";
import { addTaskFile, removeTaskFile } from "./files.ts";
import { takeBack } from "./take-back.ts";
import type { DecisionMade, ManyResult, TaskServices } from "./task-services.ts";

export interface TaskContext extends DecisionContext {
  readonly woken: (woken: Woken) => void;
  readonly timerSet: (at: number) => void;
  /** What people see of a run has changed without a write of its holder. */
  readonly touched: (run: string) => void;
}

export function createTaskServices(context: TaskContext): TaskServices {
  const { database } = context;
  const told = ({ id, run, effectiveAt, decided, woken }: Decided): DecisionMade => {
    if (woken !== undefined) context.woken(woken);
    else {
      if (decided) context.timerSet(effectiveAt);
      context.touched(run);
    }
    return { decisionId: id, effectiveAt: iso(effectiveAt), decided };
  };
  return {
    decideTask: async (caller, decide) => {
      if (!isUuid(decide.task)) throw new Problem(404, "task_not_found", "There is no such task.");
      return told(await decideTask(context, caller, decide));
    },
    takeBackDecision: async (caller, task) => context.touched(await takeBack(database, caller, task)),
    decideMany: async (caller, many) => {
      const results = await decideMany(context, caller, many);
      return results.map((one) => (one.done ? { task: one.task, done: true, ...told(one.decided) } : one));
    },
    takeBackMany: async (caller, tasks) => {
      const results: ManyResult<object>[] = [];
      for (const task of tasks) {
        results.push(
          await eachOf(task, async () => {
            context.touched(await takeBack(database, caller, task));
            return {};
          }),
        );
      }
      return results;
    },
    claimTask: async (caller, task) => {
      const { run, until } = await claimTask(database, caller, task);
      context.touched(run);
      return { claimedUntil: iso(until) };
    },
    releaseTask: async (caller, task) => context.touched((await releaseTask(database, caller, task)).run),
    delegateTask: async (caller, delegate) => context.touched(await delegateTask(database, caller, delegate)),
    endDelegation: async (caller, task) => context.touched(await endDelegation(database, caller, task)),
    commentOnTask: async (caller, task, text) => {
      const { id, run } = await commentOnTask(database, caller, task, text);
      context.touched(run);
      return { id };
    },
    addTaskFile: async (caller, file) => {
      const { id, run } = await addTaskFile(database, caller, file);
      context.touched(run);
      return { id };
    },
    removeTaskFile: async (caller, task, file) =>
      context.touched((await removeTaskFile(database, caller, task, file)).run),
  };
}
