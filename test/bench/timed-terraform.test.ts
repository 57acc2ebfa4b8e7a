import { secondsIn } from "../../bench/timed-terraform";

const LOG = "version 10.00 10.50\nplan 11.00 13.00\nshow 13.25 13.75\n";

test("only the commands that are asked for count", () => {
  expect(secondsIn(LOG, ["plan", "show"])).toBeCloseTo(2.5);
  expect(secondsIn(LOG, ["apply"])).toBe(0);
});

test("what ran side by side counts once, in whatever order it ended", () => {
  expect(secondsIn("plan 12.00 14.00\nplan 10.00 13.00\nplan 10.50 11.00\n", ["plan"])).toBeCloseTo(4);
});
