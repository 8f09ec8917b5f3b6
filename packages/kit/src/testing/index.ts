/** How a node type is tested. */
export { checkNode, type CheckOptions, type Problem } from "./check-node.ts";
export type { CheckCase } from "./contract/case.ts";
export type { Answer, SeenRequest, Target } from "./target.ts";
export { testFlow, type FlowTest, type FlowTestOptions } from "./test-flow.ts";
export type { OtherNodesInTest } from "./other-nodes.ts";
export { testNode, type NodeTest, type NodeTestOptions, type WaitAnswer } from "./test-node.ts";
export type { Crash } from "./crashing-calls.ts";
