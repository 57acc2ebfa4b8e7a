import type { Verdict } from "../../../lib/reconcile/detection";
import { findingsOfFleet } from "../../../lib/reconcile/fleet/detected";
import { fleetHorizon, fleetOf } from "../../../lib/reconcile/fleet/fleet";
import { detection, drifted, ending } from "./support/detection";

const AT = "2026-11-29T06:59:00.000Z";
const of = (...verdicts: Verdict[]) =>
  fleetOf(
    "x-*",
    AT,
    verdicts.map((verdict, index) => detection(`x-${index}`, { verdict })),
  ).verdict;

it("is as its worst stack: what is known to differ outweighs what nobody can tell", () => {
  expect(of("in-sync", "in-sync")).toBe("in-sync");
  expect(of("in-sync", "ending")).toBe("ending");
  expect(of("ending", "unknown", "in-sync")).toBe("unknown");
  expect(of("unknown", "broken", "ending")).toBe("broken");
  expect(of("broken", "unknown", "drift")).toBe("drift");
});

it("counts stacks, then objects", () =>
  expect(fleetOf("x-*", AT, [detection("a"), drifted("b"), detection("c")]).summary).toBe(
    "3 stacks: 1 with drift, 2 in sync; 1 missing, 2 in sync",
  ));

it("tells what ends once for all that need it, and who they are", () => {
  const fleet = fleetOf("x-*", AT, [ending("a"), ending("b"), detection("c")]);
  expect(fleetHorizon(fleet)?.endings).toMatchObject([
    { state: "near", paths: ["a: outbound_test_email.t", "b: outbound_test_email.t"] },
  ]);
  expect(fleetHorizon(fleetOf("x-*", AT, [detection("c")]))).toBeUndefined();
});

it("has the stack in the place of each finding", () => {
  const found = findingsOfFleet(fleetOf("x-*", AT, [drifted("a"), ending("b"), drifted("c")]));
  expect(found.map(({ id, path }) => [id, path])).toEqual([
    ["reconcile-missing", "a: outbound_ovh_vrops_flow.x"],
    ["reconcile-missing", "c: outbound_ovh_vrops_flow.x"],
    ["ends-certificate", "b: outbound_test_email.t"],
  ]);
});
