import { tally } from "../../lib/core/tally";

it("counts the values of each kind in the order of the kinds, and leaves out kinds without values", () => {
  expect(tally(["drift", "unknown", "in-sync"], ["in-sync", "drift", "in-sync"])).toEqual([
    ["drift", 1],
    ["in-sync", 2],
  ]);
  expect(tally(["drift"], [])).toEqual([]);
});
