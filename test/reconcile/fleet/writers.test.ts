import { plain } from "../../../lib/core/styled";
import type { ChainProof } from "../../../lib/proof/proof";
import { fleetOf } from "../../../lib/reconcile/fleet/fleet";
import { fleetToConsole, fleetToJUnit, fleetToMarkdown } from "../../../lib/reconcile/fleet/writers";
import { detection, drifted, ending } from "./support/detection";

const AT = "2026-11-29T07:00:00.000Z";
const chain = (state: ChainProof["state"]): ChainProof => ({
  address: "outbound_test_email.t",
  how: "probe",
  state,
  verdict: "",
  stages: [],
  receivers: [],
  certificates: [],
  leftOut: [],
});
const proved = (...states: ChainProof["state"][]) => ({ proof: { mode: "probe" as const, chains: states.map(chain) } });
const fleet = fleetOf("x-*, odd|name", AT, [
  { ...detection("x-a"), ...proved("through", "through") },
  { ...drifted("x-long-name"), ...proved("unknown") },
  ending("x-c"),
  ending("x-d"),
]);

it("prints a line for each stack, the worst first, what ends once, and of a stack only what is to be known", () =>
  expect(plain(fleetToConsole(fleet))).toMatchInlineSnapshot(`
   "x-*, odd|name: drift (4 stacks: 1 with drift, 2 with something that ends soon, 1 in sync; 1 missing, 3 in sync)

     drift      x-long-name  1 missing
     ends soon  x-c          1 in sync
     ends soon  x-d          1 in sync
     in sync    x-a          1 in sync

   Of 3 declared ways, mail gets through 2, of 1 nobody can tell.

   ! certificate CN=relay | @all of smtp.example.com:587 ends in 10 days, on 2026-12-10. Renew it. In x-c, x-d.

   x-long-name: drift (1 missing)

     missing    flow  outbound_ovh_vrops_flow.x
                      gone

   outbound_test_email.t: not known (probe)."
  `));

it("writes the same as tables, in which nothing is markup", () =>
  expect(fleetToMarkdown(fleet)).toMatchInlineSnapshot(`
   "## x-\\*, odd\\|name: drift

   4 stacks: 1 with drift, 2 with something that ends soon, 1 in sync; 1 missing, 3 in sync

   | | Stack | What |
   |---|---|---|
   | ⚠️ drift | \`x-long-name\` | 1 missing |
   | ⏳ ends soon | \`x-c\` | 1 in sync |
   | ⏳ ends soon | \`x-d\` | 1 in sync |
   | ✅ in sync | \`x-a\` | 1 in sync |

   Of 3 declared ways, mail gets through 2, of 1 nobody can tell.

   ! certificate CN=relay \\| @&#8203;all of smtp.example.com:587 ends in 10 days, on 2026-12-10. Renew it. In x-c, x-d.

   ### x-long-name: drift

   1 missing

   | | Kind | Which | What |
   |---|---|---|---|
   | ❌ missing | flow | \`outbound_ovh_vrops_flow.x\` | gone |

   outbound\\_test\\_email.t: not known (probe).
   "
  `));

it("writes a suite for each stack, with the sums of all", () =>
  expect(fleetToJUnit(fleet).replace(/<testcase.*\n/g, "")).toMatchInlineSnapshot(`
   "<?xml version="1.0" encoding="UTF-8"?>
   <testsuites name="outbound reconcile" tests="4" failures="1" errors="0" skipped="0">
     <testsuite name="x-a" tests="1" failures="0" errors="0" skipped="0">
         </testsuite>
     <testsuite name="x-long-name" tests="1" failures="1" errors="0" skipped="0">
         </testsuite>
     <testsuite name="x-c" tests="1" failures="0" errors="0" skipped="0">
         </testsuite>
     <testsuite name="x-d" tests="1" failures="0" errors="0" skipped="0">
         </testsuite>
   </testsuites>
   "
  `));

it("does not take nothing that was walked for all that was walked", () => {
  const text = plain(fleetToConsole(fleetOf("x-*", AT, [{ ...detection("x-a"), ...proved() }, detection("x-b")])));
  expect(text).toContain("No way of the mail is declared in any of them, so none was walked.");
});
