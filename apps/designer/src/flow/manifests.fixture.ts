/** What the examples are made of: the built-in node types, and the one that they bring along. */
import type { NodeManifest } from "@holdfast/dsl";
import { refundPayment } from "@holdfast/example-payment";
import { builtinManifests } from "@holdfast/nodes/manifests";

export const manifests: readonly NodeManifest[] = [...builtinManifests, refundPayment.manifest];
