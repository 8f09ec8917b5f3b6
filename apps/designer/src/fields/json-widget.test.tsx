// @vitest-environment happy-dom
import { Tooltip } from "@base-ui/react/tooltip";
import { valueAt, type Json } from "@holdfast/dsl";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState, type JSX } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { FieldsProvider } from "./host.ts";
import type { JsonEditorProps } from "./json-editor.tsx";
import { JsonWidget } from "./json-widget.tsx";
import { ParamField } from "./param-field.tsx";
import { setAt } from "./set-at.ts";

vi.mock("./json-editor.tsx", () => ({
  JsonEditor: ({ label, text, onChange }: JsonEditorProps): JSX.Element => (
    <textarea aria-label={label} value={text} onChange={(event) => onChange(event.target.value)} />
  ),
}));

afterEach(cleanup);

let now: Json | undefined;

function Page({ start }: { start: Json }): JSX.Element {
  const [root, setRoot] = useState<Json>({ items: start });
  now = valueAt(root, "/items");
  return (
    <Tooltip.Provider>
      <FieldsProvider
        value={{
          type: "forEach",
          base: "",
          value: (pointer) => valueAt(root, pointer),
          set: (pointer, next) => setRoot((before) => setAt(before, pointer, next)),
          issuesAt: () => [],
          envAt: () => ({ roots: {} }),
          nodeName: (id) => id,
          flows: [],
          directory: { roles: [], groups: [], people: [] },
          Field: ParamField,
        }}
      >
        <JsonWidget pointer="/items" schema={{ type: "array", "x-label": "Items" }} required />
      </FieldsProvider>
    </Tooltip.Provider>
  );
}

const isChosen = (name: string): boolean =>
  ["aria-pressed", "aria-checked"].some((state) => screen.getByText(name).closest(`[${state}=true]`) !== null);

it("asks for a value from the run where a list holds nothing yet", () => {
  render(<Page start={[]} />);
  expect(isChosen("One value")).toBe(true);
});

it("stays JSON while the text is emptied to be written anew", async () => {
  render(<Page start={[1]} />);
  const text = await screen.findByRole("textbox");
  for (const value of ["", "[", "[]", "[2]"]) fireEvent.change(text, { target: { value } });
  expect(screen.getByRole("textbox")).toBe(text);
  expect(now).toEqual([2]);
});
