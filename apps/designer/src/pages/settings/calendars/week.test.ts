import { expect, test } from "vitest";
import { weekText } from "./week.ts";

const nine = [{ from: "09:00", to: "17:00" }];
const split = [
  { from: "09:00", to: "12:00" },
  { from: "13:00", to: "17:00" },
];

test.each([
  [[nine, nine, nine, nine, nine, [], []], "Mon–Fri 09:00–17:00"],
  [[split, split, nine, [], nine, [], []], "Mon–Tue 09:00–12:00, 13:00–17:00, Wed 09:00–17:00, Fri 09:00–17:00"],
  [[[], [], [], [], [], nine, nine], "Sat–Sun 09:00–17:00"],
])("%j", (hours, text) => {
  expect(weekText(hours, "en")).toBe(text);
});
