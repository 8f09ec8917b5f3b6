import { expect, it } from "vitest";
import { untilTrunk } from "./trunk.ts";

const straight = [
  { x: 0, y: 0 },
  { x: 0, y: 200 },
];

it("ends a way where it meets the trunk", () => {
  const aside = [
    { x: 300, y: 40 },
    { x: 300, y: 178 },
    { x: 0, y: 178 },
    { x: 0, y: 200 },
  ];
  expect(untilTrunk(aside, [straight])).toEqual([
    { x: 300, y: 40 },
    { x: 300, y: 178 },
    { x: 0, y: 178 },
  ]);
});

it("ends a way where it comes onto a level part of another", () => {
  const level = [
    { x: 400, y: 0 },
    { x: 400, y: 100 },
    { x: 0, y: 100 },
    { x: 0, y: 200 },
  ];
  const short = [
    { x: 200, y: 0 },
    { x: 200, y: 100 },
    { x: 0, y: 100 },
    { x: 0, y: 200 },
  ];
  expect(untilTrunk(short, [level])).toEqual([
    { x: 200, y: 0 },
    { x: 200, y: 100 },
  ]);
});

it("leaves a way whole that meets nothing", () => {
  expect(
    untilTrunk(straight, [
      [
        { x: 50, y: 0 },
        { x: 50, y: 200 },
      ],
    ]),
  ).toEqual(straight);
});
