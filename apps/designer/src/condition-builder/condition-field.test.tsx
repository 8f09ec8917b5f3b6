// @vitest-environment happy-dom
import { Tooltip } from "@base-ui/react/tooltip";
import type { TypeEnv } from "@holdfast/dsl";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState, type JSX } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { ConditionField } from "./condition-field.tsx";

const env: TypeEnv = {
  roots: {
    input: {
      type: "object",
      properties: { total: { type: "number" }, ok: { type: "boolean" }, any: {} },
      required: ["total", "ok"],
    },
  },
};

let written = "";

function Page({ start }: { start: string }): JSX.Element {
  const [value, setValue] = useState(start);
  return (
    <Tooltip.Provider>
      <ConditionField
        label="When"
        value={value}
        onChange={(next) => {
          written = next;
          setValue(next);
        }}
        env={env}
        nodeName={(id) => id}
        sample={{ name: "run 4F9K2", roots: { input: { total: 40, ok: true } } }}
      />
    </Tooltip.Provider>
  );
}

afterEach(cleanup);

describe("a condition as rows", () => {
  it("shows rows and what they give", () => {
    render(<Page start="input.total < 50 && input.ok" />);
    expect(screen.getByRole("button", { name: "Field: input.total" })).toBeDefined();
    expect(screen.getByText("True for run 4F9K2")).toBeDefined();
  });

  it("removes a row, and joins the other way", () => {
    render(<Page start="input.total < 50 && input.ok" />);
    fireEvent.click(screen.getByRole("button", { name: "Joined by and" }));
    expect(written).toBe("input.total < 50 || input.ok");
    const [first] = screen.getAllByRole("button", { name: "Remove this condition" });
    if (first !== undefined) fireEvent.click(first);
    expect(written).toBe("input.ok");
  });

  it("keeps a row that is not filled in out of the condition", () => {
    written = "untouched";
    render(<Page start="input.ok" />);
    fireEvent.click(screen.getByRole("button", { name: "Condition" }));
    expect(written).toBe("untouched");
    expect(screen.getAllByRole("button", { name: "Remove this condition" })).toHaveLength(2);
  });

  it("picks a field with the keyboard", () => {
    render(<Page start="" />);
    fireEvent.click(screen.getByRole("button", { name: "Condition" }));
    fireEvent.click(screen.getByRole("button", { name: "Field" }));
    const search = screen.getByRole("combobox", { name: "Find a value" });
    fireEvent.change(search, { target: { value: "ok" } });
    fireEvent.keyDown(search, { key: "Enter" });
    expect(written).toBe("input.ok");
  });

  it("takes numbers as they are typed, letter by letter, where the type is not known", () => {
    render(<Page start="input.any == 7" />);
    const field = screen.getByRole("textbox", { name: "Value" });
    const type = (whole: string): void => {
      for (let end = 1; end <= whole.length; end += 1) {
        fireEvent.change(field, { target: { value: whole.slice(0, end) } });
      }
    };
    fireEvent.change(field, { target: { value: "" } });
    type("-1.05");
    expect(written).toBe("input.any == -1.05");
    expect(field).toHaveProperty("value", "-1.05");
    type('"12"');
    expect(written).toBe('input.any == "12"');
    fireEvent.blur(field);
    expect(field).toHaveProperty("value", '"12"');
  });

  it("leaves CEL that rows can't show", () => {
    render(<Page start="input.total + 1 > 3" />);
    expect(screen.getByText(/Rows can’t show this condition/)).toBeDefined();
  });
});
