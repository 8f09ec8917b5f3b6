/** Values of Holdfast's tokens, so that the shop sits beside it without a seam. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(oklch(0.966 0.005 210), oklch(0.182 0.013 228));
  --surface: light-dark(oklch(0.995 0.001 210), oklch(0.226 0.014 228));
  --hover: light-dark(oklch(0.952 0.006 210), oklch(0.270 0.016 228));
  --border: light-dark(oklch(0.912 0.006 212), oklch(0.300 0.015 228));
  --text: light-dark(oklch(0.235 0.022 232), oklch(0.945 0.006 210));
  --text-2: light-dark(oklch(0.430 0.018 228), oklch(0.790 0.012 215));
  --text-3: light-dark(oklch(0.515 0.016 224), oklch(0.680 0.014 220));
  --accent: light-dark(oklch(0.440 0.074 208), oklch(0.810 0.092 192));
  --on-accent: light-dark(oklch(0.995 0.004 200), oklch(0.205 0.030 212));
  --focus: light-dark(oklch(0.560 0.095 212), oklch(0.810 0.092 192));
  --waiting: light-dark(oklch(0.470 0.098 62), oklch(0.850 0.105 84));
  --completed: light-dark(oklch(0.435 0.092 160), oklch(0.805 0.100 160));
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text);
  font: 0.8125rem/1.25rem "Inter Variable", Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
header { display: flex; align-items: center; gap: 24px; min-height: 48px; padding: 0 16px; background: var(--surface);
  border-bottom: 1px solid var(--border); }
nav { display: flex; gap: 4px; }
nav a { padding: 4px 10px; border-radius: 5px; color: var(--text-2); text-decoration: none; }
nav a:hover, nav a[aria-current] { background: var(--hover); color: var(--text); }
main { max-width: 1080px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { margin: 0 0 4px; font-size: 1.25rem; line-height: 1.75rem; font-weight: 600; letter-spacing: -0.015em; }
p { margin: 0 0 16px; color: var(--text-2); }
.scroll { overflow-x: auto; border: 1px solid var(--border); border-radius: 8px; background: var(--surface); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 7px 12px; text-align: start; vertical-align: top; border-top: 1px solid var(--border); }
thead th { border-top: 0; color: var(--text-3); font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 500; white-space: nowrap; }
.number { text-align: end; white-space: nowrap; }
.quiet { color: var(--text-3); }
.accepted { color: var(--waiting); }
.settled { color: var(--completed); }
.refund { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; }
button { min-height: 1.75rem; padding: 0 10px; border: 0; border-radius: 5px; font: inherit; font-weight: 500;
  background: var(--accent); color: var(--on-accent); cursor: pointer; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
article { margin-top: 12px; padding: 14px 16px; background: var(--surface); border: 1px solid var(--border);
  border-radius: 8px; }
article h2 { margin: 0; font-size: 0.875rem; line-height: 1.375rem; font-weight: 600; }
article p { margin: 0; font-size: 0.75rem; line-height: 1rem; color: var(--text-3); overflow-wrap: anywhere; }
article pre { margin: 12px 0 0; font: inherit; font-size: 0.875rem; line-height: 1.375rem; white-space: pre-wrap;
  overflow-wrap: anywhere; max-width: 70ch; }
@media (pointer: coarse) { button, nav a { min-height: 2.75rem; line-height: 2.75rem; padding-block: 0; } }
`;
