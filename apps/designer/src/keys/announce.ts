/** Tells people who hear the page what has just changed: "Escalate added after Manager approval, on timeout." */
let region: HTMLElement | undefined;

function place(): HTMLElement {
  if (region?.isConnected === true) return region;
  region = document.createElement("div");
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  region.className = "sr-only";
  document.body.append(region);
  return region;
}

/** The same text twice is told twice. */
export function announce(text: string): void {
  const here = place();
  here.replaceChildren();
  const line = document.createElement("p");
  line.textContent = text;
  here.append(line);
}
