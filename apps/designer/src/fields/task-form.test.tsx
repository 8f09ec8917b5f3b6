// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { JsonObject } from "@holdfast/dsl";
import { TaskForm, startValues } from "./task-form.tsx";

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
    expect(screen.getByRole("textbox", { name: "Amount to refund" })).toHaveProperty("value", "12.5");
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
});
