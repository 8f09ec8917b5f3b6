import { expect, it } from "vitest";
import { controlContext } from "../../test/control-context.ts";
import { eventSend } from "./definition.ts";

it("gives its event to the checkpoint", () => {
  expect(eventSend.begin({ event: "order.paid", data: { id: 1 } }, controlContext())).toEqual({
    type: "output",
    port: "out",
    value: { event: "order.paid" },
    events: [{ name: "order.paid", data: { id: 1 } }],
  });
});

it("sends empty data where there is none", () => {
  expect(eventSend.begin({ event: "tick" }, controlContext())).toMatchObject({ events: [{ name: "tick", data: {} }] });
});

it.each([["two words"], ["~approved"], ["підтримка"], [""], ["x".repeat(201)]])(
  "refuses the name %j, which no door would take",
  (event) => {
    expect(eventSend.begin({ event }, controlContext())).toMatchObject({
      type: "fail",
      error: { code: "params_invalid", pointer: "/params/event" },
    });
  },
);
