import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "./generate";
import type { Played } from "./play";
import { keepRecord, trialIn } from "./record";
import { shrunk } from "./replay";
import type { Trial } from "./trial";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "outbound-records-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const trials = Array.from({ length: 20 }, (_, at) => generate(3, at));
const played = (trial: Trial, ...rules: Played["violations"][number]["rule"][]): Played => ({
  trial,
  violations: rules.map((rule) => ({ rule, what: "…" })),
  hits: [],
  struck: [],
  disrupted: false,
  code: 1,
  milliseconds: 1,
  output: "what terraform said",
});

it("comes back from its record as the very same trial", () => {
  for (const trial of trials) expect(trialIn(keepRecord(folder, played(trial, "late")))).toEqual(trial);
});

it("says of another file that it is none", () => {
  const file = join(folder, "other.json");
  writeFileSync(file, '{"trial":{"wanted":1}}');
  expect(() => trialIn(file)).toThrow(/has no trial; expected is a file that a campaign has kept/);
});

it("shrinks to what breaks a rule that was broken at first, and tells of both", async () => {
  const trial = trials.find(({ faults, wanted }) => faults.length > 3 && wanted.length > 2)!;
  const [needed] = trial.faults;
  const told: Played[] = [];
  const play = async (one: Trial) => {
    if (one.faults.some(({ effect }) => effect === needed!.effect)) return played(one, "left over");
    // Another rule is another violation: what breaks it says nothing of the one that is looked for.
    return one.wanted.length > 1 ? played(one, "late") : played(one);
  };
  const smallest = await shrunk(trial, play, (one) => void told.push(one));
  expect(smallest).toMatchObject({ faults: [{ effect: needed!.effect }], disruption: { kind: "none" }, trace: false });
  expect(smallest!.wanted).toHaveLength(1);
  expect(told.map((one) => one.trial)).toEqual([trial, smallest]);
});

it("has nothing to shrink of a trial that holds", async () => {
  let plays = 0;
  const play = async (one: Trial) => (plays++, played(one));
  expect(await shrunk(trials[0]!, play, () => undefined)).toBeUndefined();
  expect(plays).toBe(1);
});
