import { describe, expect, it } from "vitest";
import { applyTheme, storedTheme, storeTheme, type Theme, THEMES } from "./theme.ts";

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

const root = (): { dataset: DOMStringMap } => ({ dataset: {} });

describe("the theme", () => {
  it("follows the system until a person chooses", () => {
    expect(storedTheme(storage())).toBe("system");
  });

  it.each(THEMES)("keeps %s", (theme) => {
    const kept = storage();
    storeTheme(kept, theme);
    expect(storedTheme(kept)).toBe(theme);
  });

  it("takes nothing that is no theme", () => {
    const kept = storage();
    kept.setItem("holdfast.theme", "sepia");
    expect(storedTheme(kept)).toBe("system");
  });

  it.each<{ theme: Theme; attribute: string | undefined }>([
    { theme: "light", attribute: "light" },
    { theme: "dark", attribute: "dark" },
    { theme: "system", attribute: undefined },
  ])("names $theme on the root as $attribute", ({ theme, attribute }) => {
    const element = root();
    applyTheme(element, "dark");
    applyTheme(element, theme);
    expect(element.dataset["theme"]).toBe(attribute);
  });
});
