// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { Field } from "../ui/field.tsx";
import { DurationInput } from "./duration-input.tsx";

afterEach(cleanup);

it("has two controls in one field, each with a name of its own", () => {
  render(
    <Field label="Waits at most">
      <DurationInput label="Waits at most" value="7d" onChange={() => undefined} />
    </Field>,
  );
  expect(screen.getByRole("textbox", { name: "Waits at most: how many" })).toHaveProperty("value", "7");
  expect(screen.getByRole("combobox", { name: "Waits at most: unit" }).textContent).toBe("days");
});
