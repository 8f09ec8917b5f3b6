/** The look of a record: ink on paper, on the screen too. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 880px; background: #fff; color: #1a2327;
  font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
header { border-bottom: 2px solid #1a2327; margin-bottom: 24px; }
.kind { margin: 0; color: #49565c; font-size: 12px; }
h1 { margin: 4px 0; font-size: 28px; letter-spacing: -0.015em; font-weight: 600; }
h2 { margin: 32px 0 8px; font-size: 18px; font-weight: 600; border-bottom: 1px solid #c7ced1; padding-bottom: 4px; }
h3 { margin: 16px 0 4px; font-size: 14px; font-weight: 600; }
small { font-weight: 400; color: #49565c; font-size: 12px; }
article { break-inside: avoid-page; padding: 0 0 8px; }
article + article { border-top: 1px solid #e2e6e8; }
dl { display: grid; grid-template-columns: minmax(110px, 170px) minmax(0, 1fr); gap: 4px 16px; margin: 8px 0; }
dt { color: #49565c; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 8px 10px; background: #f4f6f7; border: 1px solid #e2e6e8; border-radius: 5px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
pre, code { font: 12px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 18px; }
table { width: 100%; border-collapse: collapse; font-size: 12px; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px 4px 0; border-bottom: 1px solid #e2e6e8; overflow-wrap: anywhere; }
th { color: #49565c; font-weight: 600; }
td:last-child { width: 32%; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
@media (max-width: 600px) { dl { grid-template-columns: 1fr; } dt { margin-top: 4px; } }
@page { margin: 16mm; }
@media print { body { padding: 0; max-width: none; font-size: 11pt; } pre { background: none; } }
`;
