/** Light, dark, or as the system is: the person's choice, stored on this device. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const STORED = "holdfast.theme";

export function storedTheme(storage: Pick<Storage, "getItem">): Theme {
  const stored = storage.getItem(STORED);
  return THEMES.find((theme) => theme === stored) ?? "system";
}

export function storeTheme(storage: Pick<Storage, "setItem">, theme: Theme): void {
  storage.setItem(STORED, theme);
}

/** Tokens follow the system unless the root names a theme. */
export function applyTheme(root: Pick<HTMLElement, "dataset">, theme: Theme): void {
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
}
