// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { WithFields } from "./fields.fixture.tsx";
import { RecordWidget } from "./record-widget.tsx";

afterEach(cleanup);

it("gives a name, its value and the way to take it away one row, whatever the value is", () => {
  render(
    <WithFields type="data.set" start={{ values: { order: { id: "A-1", total: 5 } } }}>
      <RecordWidget pointer="/values" schema={{ "x-label": "Values" }} />
    </WithFields>,
  );
  const remove = screen.getByRole("button", { name: "Remove order" });
  expect(remove.parentElement?.children).toHaveLength(3);
});
