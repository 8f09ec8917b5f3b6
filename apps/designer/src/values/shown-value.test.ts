import { describe, expect, it } from "vitest";
import { withMoney } from "./money-text.ts";
import { shownValue } from "./shown-value.ts";

describe("amounts in texts", () => {
  it("stand in the reader's notation", () => {
    expect(withMoney("Refund 12800 JPY and 1280.50 EUR?", "en")).toBe("Refund ¥12,800 and €1,280.50?");
    expect(withMoney("Refund 1280.50 UAH for ORD-1", "uk").replaceAll(/\s/g, " ")).toBe("Refund 1 280,50 ₴ for ORD-1");
    expect(withMoney("-3.00 USD", "en")).toBe("-$3.00");
  });

  it("are only what moneyText writes", () => {
    for (const text of [
      "500 ALL of them",
      "12.5 EUR",
      "12800.00 JPY",
      "3 PCS",
      "A12 EUR",
      "1,280.50 EUR",
      "7.00 EURO",
    ]) {
      expect(withMoney(text, "en")).toBe(text);
    }
  });
});

describe("a value", () => {
  it("is read, not parsed", () => {
    expect(shownValue(12800, "en")).toBe("12,800");
    expect(shownValue(0.5, "uk")).toBe("0,50");
    expect([true, false, null].map((one) => shownValue(one, "en"))).toEqual(["yes", "no", "nothing"]);
    expect(shownValue("2026-11-12", "en")).toBe("12 Nov 2026");
    expect(shownValue("2026-99-12", "en")).toBe("2026-99-12");
    expect(shownValue("2026-11-20T09:14:00Z", "uk")).toMatch(/20 лист\. 2026/);
    expect(shownValue(["fragile", 2], "en")).toBe("fragile, 2");
    expect(shownValue([], "en")).toBe("nothing");
    expect(shownValue({ city: "Kyiv", zipCode: "01001", geo: { lat: 50.45 } }, "en")).toBe(
      "City: Kyiv\nZip code: 01001\nGeo:\n  Lat: 50.45",
    );
    expect(
      shownValue(
        [
          { item: "Tent", qty: 2 },
          { item: "Pack", tags: ["a", "b"] },
        ],
        "en",
      ),
    ).toBe("Item: Tent, Qty: 2\nItem: Pack, Tags: a, b");
  });
});
