/** How the editor looks: a control of the kit, its values chips. Every value is a token. */
import { EditorView } from "@codemirror/view";

export const editorTheme = EditorView.theme({
  "&": { fontSize: "inherit", color: "inherit", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.375rem", overflowX: "hidden" },
  ".cm-content": { padding: "3px 0", caretColor: "var(--hf-accent)", minHeight: "1.375rem" },
  ".cm-line": { padding: "0 8px" },
  ".cm-cursor": { borderLeftColor: "var(--hf-accent)", borderLeftWidth: "1.5px" },
  ".cm-placeholder": { color: "var(--hf-text-3)" },
  ".cm-chip": {
    display: "inline-block",
    maxWidth: "100%",
    lineHeight: "1.125rem",
    fontFamily: "var(--hf-font-mono)",
    fontSize: "var(--hf-text-12)",
    fontFeatureSettings: '"calt" 0',
    padding: "0 5px",
    borderRadius: "var(--hf-radius-xs)",
    backgroundColor: "var(--hf-accent-soft)",
    color: "var(--hf-accent-text)",
    cursor: "default",
    overflowWrap: "anywhere",
  },
  ".cm-chip-open": {
    fontFamily: "var(--hf-font-mono)",
    fontSize: "var(--hf-text-12)",
    fontFeatureSettings: '"calt" 0',
    color: "var(--hf-accent-text)",
  },
  ".cm-wrong": {
    textDecoration: "underline wavy var(--hf-failed)",
    textDecorationSkipInk: "none",
    textUnderlineOffset: "3px",
  },
  ".cm-doubtful": {
    textDecoration: "underline wavy var(--hf-waiting)",
    textDecorationSkipInk: "none",
    textUnderlineOffset: "3px",
  },
  ".cm-tooltip": {
    border: "1px solid var(--hf-border-strong)",
    borderRadius: "var(--hf-radius-md)",
    backgroundColor: "var(--hf-surface-raised)",
    boxShadow: "var(--hf-shadow-float)",
    overflow: "hidden",
    zIndex: "60",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--hf-font-mono)",
    fontSize: "var(--hf-text-12)",
    maxHeight: "14rem",
    padding: "4px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    gap: "12px",
    justifyContent: "space-between",
    padding: "3px 8px",
    borderRadius: "var(--hf-radius-xs)",
    color: "var(--hf-text)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--hf-surface-hover)",
    color: "var(--hf-text)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionDetail": {
    fontFamily: "var(--hf-font-sans)",
    fontStyle: "normal",
    fontSize: "var(--hf-text-11)",
    color: "var(--hf-text-3)",
    marginLeft: "0",
    maxWidth: "11rem",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  ".cm-tooltip.cm-completionInfo": {
    padding: "6px 8px",
    fontSize: "var(--hf-text-12)",
    maxWidth: "18rem",
    color: "var(--hf-text-2)",
  },
});

/** The page's nonce, without which a strict policy would refuse the editor's style sheet. */
export function styleNonce(): string {
  const content = document.querySelector('meta[name="csp-nonce"]')?.getAttribute("content");
  return content ?? "";
}
