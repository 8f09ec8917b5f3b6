import { html } from "hono/html";
import type { Mail } from "../mailbox.ts";
import { type Html, layout } from "./layout.ts";

/** Every mail that was sent to anybody, the newest first. */
export function mailsPage(mails: readonly Mail[]): Html {
  const content =
    mails.length > 0
      ? mails.map(article)
      : html`<p>No mail yet. Whatever a flow sends arrives here and goes nowhere else.</p>`;
  return layout("/mails", "Mails", html`${content}`);
}

function article({ subject, from, to, text, receivedAt, deliveries }: Mail): Html {
  return html`<article>
    <h2>${subject || "(no subject)"}</h2>
    <p>
      From ${from} to ${to.join(", ")}, <time datetime="${receivedAt}">${when(receivedAt)}</time>${
        deliveries > 1 ? `, sent ${deliveries} times` : ""
      }
    </p>
    <pre>${text}</pre>
  </article>`;
}

function when(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}
