/** Secrets that stand in a document, where everybody who may read the flow would read them. */
import type { Json } from "../json.ts";
import { compareText } from "../document/compare-text.ts";
import type { Issue } from "../document/issue.ts";
import { isJsonObject } from "../document/json-field.ts";
import { joinPointer } from "../document/pointer.ts";
import { issueOf } from "./codes.ts";

const SECRET_HEADER =
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|(?:^|[-_])(?:api-?key|token|secret|password|passwd|key)$/i;
/** Not secret although it ends like one. */
const PUBLIC_HEADER = /^(?:idempotency-key|sec-websocket-key)$/i;
const USER_INFO = /^\s*[a-z][a-z0-9+.-]*:\/\/([^/?#\s]*)@/i;
/** What providers' keys look like. */
const KNOWN_FORM =
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----|\bsk-[A-Za-z0-9_-]{20,}|\bsk_live_[A-Za-z0-9]{16,}|\bAKIA[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abp]-[A-Za-z0-9-]{10,}/;

/** Looks at every text in the value. */
export function secretIssues(root: Json, base = ""): Issue[] {
  const issues: Issue[] = [];
  const open: { value: Json; pointer: string; headers: boolean }[] = [{ value: root, pointer: base, headers: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, pointer, headers } = next;
    if (typeof value === "string") {
      const reason = textReason(value);
      if (reason !== undefined) issues.push(refuse(pointer, reason));
    } else if (typeof value === "object" && value !== null) {
      issues.push(...listedHeaderIssues(value, pointer, headers));
      for (const [key, child] of Object.entries(value)) {
        const at = joinPointer(pointer, key);
        const secret = headers && isSecretHeader(key) && typeof child === "string" && holdsLiteral(child);
        if (secret) issues.push(refuse(at, `The header “${key}” holds a secret.`));
        else {
          open.push({
            value: child,
            pointer: at,
            headers: headers && Array.isArray(value) ? true : /^headers?$/i.test(key),
          });
        }
      }
    }
  }
  return issues.toSorted((a, b) => compareText(a.pointer, b.pointer));
}

/** Headers as a list: `[{ "name": "Authorization", "value": "…" }]`. */
function listedHeaderIssues(value: Json, pointer: string, headers: boolean): Issue[] {
  if (!headers || !isJsonObject(value)) return [];
  const { name, value: text } = value;
  if (typeof name !== "string" || typeof text !== "string" || !isSecretHeader(name) || !holdsLiteral(text)) return [];
  return [refuse(joinPointer(pointer, "value"), `The header “${name}” holds a secret.`)];
}

function textReason(text: string): string | undefined {
  if (KNOWN_FORM.test(text)) return "This looks like a secret key.";
  const userInfo = USER_INFO.exec(text)?.[1];
  if (userInfo !== undefined && holdsLiteral(userInfo.replaceAll(":", " "))) {
    return "The address holds a name or a password.";
  }
  return undefined;
}

function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name) && !PUBLIC_HEADER.test(name);
}

/** Whether anything is left without templates and the name of a scheme. Text in quotes in a template is literal too. */
function holdsLiteral(text: string): boolean {
  const written = text.replaceAll(/\{\{(.*?)\}\}/gs, (_, expression: string) =>
    /^\s*(['"]).*\1\s*$/s.test(expression) ? expression : " ",
  );
  return written.replace(/^\s*(?:bearer|basic|token|apikey|digest)\b/i, "").trim() !== "";
}

function refuse(pointer: string, message: string): Issue {
  return issueOf(
    "secret_in_document",
    pointer,
    message,
    "Name a credential on the node instead; it is resolved when the step sends.",
  );
}
