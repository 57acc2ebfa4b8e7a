import { timelinesOf } from "../../../lib/reconcile/history/timeline";
import { brokenAt, chain, roundAt } from "./support/rounds";

const states = (rounds: Parameters<typeof timelinesOf>[0]) =>
  Object.fromEntries(timelinesOf(rounds).map(({ title, slots }) => [title, slots.map(({ state }) => state)]));

it("no rounds have no timeline", () => {
  expect(timelinesOf([])).toEqual([]);
});

it("has a part for each round while there is room, and says where nobody looked", () => {
  const rounds = [
    roundAt(0),
    brokenAt(1),
    roundAt(2, { verdict: "unknown", exitCode: 1, chains: [] }),
    roundAt(3, { verdict: "drift", chains: [chain(), chain({ address: "outbound_test_email.new" })] }),
  ];
  expect(states(rounds)).toEqual({
    alerts: ["good", "bad", "unknown", "bad"],
    "outbound_test_email.test": ["good", "bad", "none", "good"],
    "outbound_test_email.new": ["none", "none", "none", "good"],
  });
  expect(timelinesOf(rounds)[1]).toMatchObject({ good: 2, told: 3 });
});

it("of many rounds none that failed is hidden by the others in its part of the time", () => {
  const rounds = Array.from({ length: 4_800 }, (_, hour) => (hour === 2_400 ? brokenAt(hour) : roundAt(hour)));
  const slots = timelinesOf(rounds)[1]!.slots;
  expect(slots).toHaveLength(48);
  expect(slots.filter(({ state }) => state !== "good")).toMatchObject([{ state: "bad", failed: ["AUTH"] }]);
  expect(slots.reduce((sum, { rounds }) => sum + rounds, 0)).toBe(4_800);
});

it("a time in which it was not running is seen, and irregular rounds are no such time", () => {
  const hours = Array.from({ length: 200 }, (_, hour) => hour + (hour % 2 === 0 ? 0.45 : 0) + (hour > 100 ? 100 : 0));
  const found = states(hours.map((hour) => roundAt(hour)))["alerts"]!;
  const gap = found.flatMap((state, index) => (state === "none" ? [index] : []));
  expect(gap.length).toBeGreaterThan(10);
  expect(gap.at(-1)! - gap[0]!).toBe(gap.length - 1);
});
