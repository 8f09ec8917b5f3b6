// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { begunBy } from "./begun.ts";
import type { Task } from "./groups.ts";
import { cardTask, vote } from "./card-task.fixture.ts";
import { type DecisionState, startOf, useFilling } from "./use-decision.ts";

afterEach(cleanup);

const sending = { send: () => undefined, error: null, busy: false };
const filling = (task: Task, person = "ana") =>
  renderHook(({ now }: { now: Task }): DecisionState => useFilling(now, begunBy(person), sending), {
    initialProps: { now: task },
  });

describe("what is being filled in", () => {
  it("begins as what is proposed, or as what the first of several has agreed to", () => {
    const task = cardTask({ prefill: { amount: 10 }, votes: [{ ...vote, data: { amount: 8 } }] });
    expect(startOf(task)).toEqual({ amount: 10 });
    expect(startOf({ ...task, needs: { approved: 2 } })).toEqual({ amount: 8 });
    expect(startOf({ ...task, needs: { rejected: 2 } })).toEqual({ amount: 10 });
  });

  it("follows the first answer as long as nothing was changed", () => {
    const task = cardTask({ id: "follows", prefill: { amount: 10 }, needs: { approved: 2 } });
    const { result, rerender } = filling(task);
    const voted = { ...task, votes: [{ ...vote, data: { amount: 8 } }] };
    rerender({ now: voted });
    expect(result.current.values).toEqual({ amount: 8 });
    act(() => result.current.setValues({ amount: 9 }));
    rerender({ now: task });
    expect(result.current.values).toEqual({ amount: 9 });
  });

  it("is there again when the card is, for whoever wrote it", () => {
    const task = cardTask({ id: "again", prefill: { amount: 10 } });
    const first = filling(task);
    expect(first.result.current.unsent).toBe(false);
    act(() => first.result.current.setComment("Too much."));
    act(() => first.result.current.setValues({}));
    first.unmount();
    expect(filling(task).result.current).toMatchObject({ comment: "Too much.", values: {}, unsent: true });
    expect(filling(task, "bob").result.current).toMatchObject({ comment: "", values: { amount: 10 }, unsent: false });
    const third = filling(task);
    act(() => third.result.current.forget());
    expect(third.result.current).toMatchObject({ comment: "", values: { amount: 10 }, unsent: false });
  });
});
