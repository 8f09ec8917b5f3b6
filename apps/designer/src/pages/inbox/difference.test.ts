import { expect, it } from "vitest";
import { differenceOf, fieldName } from "./difference.tsx";

it("tells what is another than it was proposed, types kept", () => {
  expect(differenceOf({ amount: 12.5, note: "a" }, { amount: 10, note: "a", paid: true })).toEqual([
    expect.objectContaining({ pointer: "/amount", before: 12.5, after: 10 }),
    expect.objectContaining({ pointer: "/paid", after: true }),
  ]);
  expect(differenceOf({ amount: 12.5 }, { amount: 12.5 })).toEqual([]);
});

it("calls a field as the form does", () => {
  const form = { properties: { amount: { title: "Amount to refund" }, orderId: {} } };
  expect(fieldName(form, "/amount")).toBe("Amount to refund");
  expect(fieldName(form, "/orderId")).toBe("Order id");
  expect(fieldName(null, "/lines/0/sku")).toBe("Lines, 0, sku");
});
