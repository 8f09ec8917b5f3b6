// @vitest-environment happy-dom
import type { Json } from "@holdfast/dsl";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { JSX } from "react";
import { afterEach, expect, it, vi } from "vitest";
import type { JsonEditorProps } from "./json-editor.tsx";
import { JsonInput, type UnreadTexts } from "./json-input.tsx";

vi.mock("./json-editor.tsx", () => ({
  JsonEditor: ({ label, text, onChange }: JsonEditorProps): JSX.Element => (
    <textarea aria-label={label} value={text} onChange={(event) => onChange(event.target.value)} />
  ),
}));

afterEach(cleanup);

const written: Json[] = [];

function show(unread: UnreadTexts, value: Json): void {
  const onChange = (next: Json | undefined): void => void written.push(next ?? null);
  render(<JsonInput label="Body" value={value} onChange={onChange} unread={unread} place="/nodes/a/params/body" />);
}

it("keeps what is no JSON yet for whoever comes back, unless something else stands there now", async () => {
  const unread: UnreadTexts = new Map();
  show(unread, { a: 1 });
  fireEvent.change(await screen.findByRole("textbox"), { target: { value: '{ "a": 2, "b"' } });
  expect(written).toEqual([]);
  cleanup();

  show(unread, { a: 3 });
  expect(await screen.findByRole("textbox")).toHaveProperty("value", '{\n  "a": 3\n}');
  cleanup();

  show(unread, { a: 1 });
  const again = await screen.findByRole("textbox");
  expect(again).toHaveProperty("value", '{ "a": 2, "b"');
  fireEvent.change(again, { target: { value: '{ "a": 2, "b": 3 }' } });
  expect(written).toEqual([{ a: 2, b: 3 }]);
  expect(unread.size).toBe(0);
});
