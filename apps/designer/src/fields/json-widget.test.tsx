// @vitest-environment happy-dom
import { valueAt, type Json } from "@holdfast/dsl";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { JSX } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { WithFields } from "./fields.fixture.tsx";
import type { JsonEditorProps } from "./json-editor.tsx";
import { JsonWidget } from "./json-widget.tsx";

vi.mock("./json-editor.tsx", () => ({
  JsonEditor: ({ label, text, onChange }: JsonEditorProps): JSX.Element => (
    <textarea aria-label={label} value={text} onChange={(event) => onChange(event.target.value)} />
  ),
}));

afterEach(cleanup);

let now: Json | undefined;

function renderItems(start: Json): void {
  render(
    <WithFields type="forEach" start={{ items: start }} onParams={(params) => (now = valueAt(params, "/items"))}>
      <JsonWidget pointer="/items" schema={{ type: "array", "x-label": "Items" }} required />
    </WithFields>,
  );
}

const isChosen = (name: string): boolean =>
  ["aria-pressed", "aria-checked"].some((state) => screen.getByText(name).closest(`[${state}=true]`) !== null);

it("asks for a value from the run where a list holds nothing yet", () => {
  renderItems([]);
  expect(isChosen("One value")).toBe(true);
});

it("stays JSON while the text is emptied to be written anew", async () => {
  renderItems([1]);
  const text = await screen.findByRole("textbox");
  for (const value of ["", "[", "[]", "[2]"]) fireEvent.change(text, { target: { value } });
  expect(screen.getByRole("textbox")).toBe(text);
  expect(now).toEqual([2]);
});
