/** The control node types: pure, and safe in a browser. */
import type { ControlNode } from "@holdfast/dsl";
import { branch } from "./branch/definition.ts";
import { dataSet } from "./data-set/definition.ts";
import { end } from "./end/definition.ts";
import { eventSend } from "./event-send/definition.ts";
import { failNode } from "./fail/definition.ts";
import { forEach } from "./for-each/definition.ts";
import { invoke } from "./invoke/definition.ts";
import { jsonTransform } from "./json-transform/definition.ts";
import { jsonValidate } from "./json-validate/definition.ts";
import { repeat } from "./repeat/definition.ts";
import { sleep } from "./sleep/definition.ts";
import { waitEvent } from "./wait-event/definition.ts";

/** By type, in the order of the palette. */
export const controlNodes: ReadonlyMap<string, ControlNode> = new Map(
  [
    branch,
    dataSet,
    jsonTransform,
    jsonValidate,
    waitEvent,
    sleep,
    forEach,
    repeat,
    invoke,
    eventSend,
    end,
    failNode,
  ].map((node) => [node.manifest.type, node]),
);
