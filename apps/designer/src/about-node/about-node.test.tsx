// @vitest-environment happy-dom
import type { NodeManifest } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { AboutNode } from "./about-node.tsx";
import { UKRAINIAN_ABOUT } from "./words.ts";

afterEach(cleanup);

const parcel: NodeManifest = {
  type: "acme.parcel",
  version: 3,
  title: "Send a parcel",
  description: "Hands a parcel to the courier.",
  icon: "package",
  category: "action",
  kind: "action",
  effect: [{ when: { pointer: "/reference", present: true }, effect: "keyed" }, { effect: "once" }],
  params: {
    type: "object",
    properties: {
      to: { type: "string", "x-label": "Address", description: "Where it goes.", "x-order": 1 },
      reference: { type: "string", "x-label": "Reference", "x-order": 2 },
      insured: { type: "boolean", default: false, "x-label": "Insured", "x-order": 3 },
    },
    required: ["to"],
  },
  ports: [{ name: "out" }],
  output: { out: { type: "object", properties: { tracking: { type: "string" } } } },
  credentials: ["bearer", "apiKey"],
  sentence: "Send a parcel to {to}",
  examples: [{ title: "A lamp", params: { to: "{{ input.address }}" } }],
};

describe("the page of a node type", () => {
  it("is made from the manifest, whoever made the type", () => {
    render(<AboutNode manifest={parcel} open onClose={() => undefined} />);
    const page = screen.getByRole("dialog", { name: "About “Send a parcel”" }).textContent;
    expect(page).toContain("Hands a parcel to the courier.");
    expect(page).toContain("acme.parcel, version 3");
    expect(page).toContain("Addresstotext");
    expect(page).toContain("Where it goes.");
    expect(page).toContain("Insuredinsuredyes or no, optionalLeft out: false");
    expect(page).toContain("gives tracking");
    expect(page).toContain("With “Reference”: what its target does once");
    expect(page).toContain("Else: what can’t be repeated");
    expect(page).toContain("A connection of the kind Bearer token or API key.");
    expect(page).toContain("A lamp");
    expect(page).toContain('"to": "{{ input.address }}"');
  });

  it.each(builtinManifests.map((manifest) => [manifest.type, manifest] as const))(
    "%s can be shown",
    (type, manifest) => {
      render(<AboutNode manifest={manifest} open onClose={() => undefined} />);
      expect(screen.getByRole("dialog").textContent).toContain(manifest.description);
      expect(UKRAINIAN_ABOUT[type]).toMatch(/[а-яґєії]/i);
    },
  );
});
