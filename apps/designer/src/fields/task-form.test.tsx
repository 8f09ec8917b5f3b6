// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { JsonObject } from "@holdfast/dsl";
import { startValues, withUnticked } from "./start-values.ts";
import { TaskForm } from "./task-form.tsx";

const schema = {
  type: "object",
  properties: {
    amount: { type: "number", default: 12.5, "x-label": "Amount to refund", "x-order": 1 },
    reason: { type: "string", "x-order": 2 },
    urgent: { type: "boolean", "x-order": 3 },
  },
  required: ["amount"],
};

afterEach(cleanup);

describe("the form of a task", () => {
  it("has a control for each field, with its label", () => {
    render(<TaskForm schema={schema} values={startValues(schema)} onChange={() => undefined} />);
    expect(screen.getByRole("textbox", { name: "Amount to refund" })).toHaveProperty("value", "12.50");
    expect(screen.getByRole("checkbox", { name: "urgent" })).toBeDefined();
  });

  it("keeps types, and leaves out what is emptied", () => {
    let values: JsonObject = { amount: 3, reason: "late" };
    const put = (next: JsonObject): void => {
      values = next;
    };
    render(<TaskForm schema={schema} values={values} onChange={put} errors={{ reason: "Say why." }} />);
    fireEvent.click(screen.getByRole("checkbox", { name: "urgent" }));
    expect(values).toEqual({ amount: 3, reason: "late", urgent: true });
    fireEvent.change(screen.getByRole("textbox", { name: "reason" }), { target: { value: "" } });
    expect(values).toEqual({ amount: 3 });
    expect(screen.getByText("Say why.")).toBeDefined();
  });

  it("takes lists and objects apart, down to plain controls", () => {
    const nested: JsonObject = {
      type: "object",
      properties: {
        address: { type: "object", properties: { city: { type: "string" } } },
        colors: { type: "array", items: { enum: ["red", "green"] } },
        lines: { type: "array", items: { type: "object", properties: { qty: { type: "integer", default: 1 } } } },
      },
    };
    let values: JsonObject = { colors: ["green"], lines: [{ qty: 2 }] };
    const view = (): void => {
      cleanup();
      render(
        <TaskForm
          schema={nested}
          values={values}
          errors={{ "lines/0/qty": "Too many." }}
          onChange={(next) => {
            values = next;
          }}
        />,
      );
    };
    view();
    expect(screen.getByText("Too many.")).toBeDefined();
    fireEvent.click(screen.getByRole("checkbox", { name: "red" }));
    expect(values["colors"]).toEqual(["red", "green"]);
    fireEvent.click(screen.getByRole("button", { name: "Add to lines" }));
    expect(values["lines"]).toEqual([{ qty: 2 }, { qty: 1 }]);
    view();
    fireEvent.change(screen.getByRole("textbox", { name: "city" }), { target: { value: "Kyiv" } });
    expect(values["address"]).toEqual({ city: "Kyiv" });
    view();
    fireEvent.change(screen.getByRole("textbox", { name: "city" }), { target: { value: "" } });
    expect(values).not.toHaveProperty("address");
  });

  it("says no for a box that was left alone, where it has to say something", () => {
    const needed = { ...schema, required: ["amount", "urgent"] };
    expect(withUnticked(needed, { amount: 1 })).toEqual({ amount: 1, urgent: false });
    expect(withUnticked(needed, { amount: 1, urgent: true })).toEqual({ amount: 1, urgent: true });
    expect(withUnticked(schema, {})).toEqual({});
  });
});
