/**
 * One word for one thing (the glossary in ARCHITECTURE.md). Only what can't mean anything else is listed: "handle" is a
 * fine verb, and so is "process".
 */
import type { TextRule } from "./text-rules.ts";

/** Where other products are spoken of in their own words. */
const PEERS = /^(?:docs\/adr|bench)\/|^docs\/performance\.md$/;

/** The canvas library has handles of its own. */
const CANVAS = /^apps\/designer\/src\/canvas\//;

export const WORD_RULES: readonly TextRule[] = [
  { pattern: /\b(?:workflow|flow|process)[ -]definitions?\b/gi, message: "say flow, or flow version" },
  {
    pattern: /\b(?:workflow|flow|run|process)[ -]?instances?\b|\binstance_?ids?\b/gi,
    message: "say run",
    except: PEERS,
  },
  {
    pattern: /\b(?:workflow|flow|node|step)[ -]executions?\b|\bexecution_?ids?\b/gi,
    message: "say run, or step",
    except: PEERS,
  },
  { pattern: /\b(?:send|wait_?for|emit)_?signal\b|\bsignal_?names?\b/gi, message: "say event", except: PEERS },
  { pattern: /\bactivit(?:y|ies)\b/gi, message: "say node, or step", except: PEERS },
  { pattern: /\b(?:source|target)handles?\b/gi, message: "say port", except: CANVAS },
  { pattern: /\bapproval[ -]?requests?\b/gi, message: "say task" },
  { pattern: /\buser_?ids?\b/gi, message: "say actor, or person" },
  { pattern: /\bcancell(?:ed|ing|er|able)\b/gi, message: "American spelling: canceled, canceling" },
  { pattern: /\bbehaviour/gi, message: "American spelling: behavior" },
  { pattern: /\b(?:honour|colour|favour|neighbour)/gi, message: "American spelling: -or" },
  {
    pattern:
      /\b(?:serial|normal|initial|recogn|organ|synchron|minim|maxim|summar|optim|author)is(?:e[ds]?|ing|ation)\b/gi,
    message: "American spelling: -ize",
  },
];
