// @vitest-environment happy-dom
import { Tooltip } from "@base-ui/react/tooltip";
import type { JsonObject } from "@holdfast/dsl";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState, type JSX } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { SchemaEditor } from "./schema-editor.tsx";
import { fieldsIn } from "./schema-model.ts";

const start: JsonObject = {
  type: "object",
  properties: { amount: { type: "number" }, reason: { type: "string" } },
  required: ["amount"],
};

let written: JsonObject | undefined = start;

function Page(): JSX.Element {
  const [schema, setSchema] = useState<JsonObject | undefined>(start);
  written = schema;
  return (
    <Tooltip.Provider>
      <SchemaEditor label="Form" value={schema} onChange={setSchema} />
    </Tooltip.Provider>
  );
}

afterEach(cleanup);

describe("the fields of a schema", () => {
  it("keep what is next to a name in its place when the name is left", () => {
    render(<Page />);
    fireEvent.click(screen.getByRole("button", { name: /^amount/ }));
    const [name] = screen.getAllByRole("textbox");
    const type = screen.getByRole("combobox", { name: "Type" });
    if (name === undefined) throw new Error("There is no name to write.");
    fireEvent.change(name, { target: { value: "total" } });
    fireEvent.blur(name);
    expect(fieldsIn(written ?? {}).map((field) => field.name)).toEqual(["total", "reason"]);
    expect(written?.["required"]).toEqual(["total"]);
    // Whoever presses or reaches it while the name is left still has it.
    expect(screen.getByRole("combobox", { name: "Type" })).toBe(type);
  });
});
