// @vitest-environment happy-dom
import { Tooltip } from "@base-ui/react/tooltip";
import { valueAt, type Json } from "@holdfast/dsl";
import { cleanup, render, screen } from "@testing-library/react";
import { useState, type JSX } from "react";
import { afterEach, expect, it } from "vitest";
import { FieldsProvider } from "./host.ts";
import { ParamField } from "./param-field.tsx";
import { RecordWidget } from "./record-widget.tsx";
import { setAt } from "./set-at.ts";

function Page({ start }: { start: Json }): JSX.Element {
  const [value, setValue] = useState<Json>(start);
  return (
    <Tooltip.Provider>
      <FieldsProvider
        value={{
          type: "data.set",
          base: "",
          value: (pointer) => valueAt(value, pointer),
          set: (pointer, next) => setValue((before) => setAt(before, pointer, next)),
          issuesAt: () => [],
          envAt: () => ({ roots: {} }),
          nodeName: (id) => id,
          flows: [],
          directory: { roles: [], groups: [], people: [] },
          Field: ParamField,
        }}
      >
        <RecordWidget pointer="/values" schema={{ "x-label": "Values" }} />
      </FieldsProvider>
    </Tooltip.Provider>
  );
}

afterEach(cleanup);

it("gives a name, its value and the way to take it away one row, whatever the value is", () => {
  render(<Page start={{ values: { order: { id: "A-1", total: 5 } } }} />);
  const remove = screen.getByRole("button", { name: "Remove order" });
  expect(remove.parentElement?.children).toHaveLength(3);
});
