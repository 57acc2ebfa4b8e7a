import { spawnSync } from "node:child_process";
import { V8Switches } from "../../../lib/provider/boot/v8-switches";

/** Switches of a release, with what they have set since they were last asked. */
function switchesOf(node: number) {
  const set: string[] = [];
  return { switches: new V8Switches(node, (flag) => set.push(flag)), taken: () => set.splice(0) };
}

it.each([
  [20, ["--semi-space-growth-factor=1", "--heap-growing-percent=20", "--interrupt-budget=270336"], []],
  // Its V8 knows the mode, and gains nothing by it.
  [22, ["--semi-space-growth-factor=1", "--heap-growing-percent=20"], []],
  [24, ["--semi-space-growth-factor=1", "--heap-growing-percent=20"], ["--efficiency-mode"]],
  [26, ["--semi-space-growth-factor=1", "--heap-growing-percent=20"], ["--efficiency-mode"]],
  // Nobody knows yet what its V8 will have.
  [27, ["--semi-space-growth-factor=1", "--heap-growing-percent=20"], []],
])("saves on Node.js %i by the switches that it has", (node, saving, efficient) => {
  const { switches, taken } = switchesOf(node);
  switches.save();
  expect(taken()).toEqual(saving);
  switches.enterEfficiencyMode();
  expect(taken()).toEqual(efficient);
  expect(switches.state).toBe(efficient.length > 0 ? "efficient" : "usual");
});

it("enters the efficiency mode once", () => {
  const { switches, taken } = switchesOf(24);
  switches.enterEfficiencyMode();
  switches.enterEfficiencyMode();
  expect(taken()).toEqual(["--efficiency-mode"]);
});

it("goes back to the defaults for as long as something runs, and however that ends", () => {
  const { switches, taken } = switchesOf(24);
  switches.save();
  taken();
  const fails = () =>
    switches.withDefaults(() => {
      expect(taken()).toEqual(["--semi-space-growth-factor=2", "--heap-growing-percent=0"]);
      throw new Error("the code cannot be compiled");
    });
  expect(fails).toThrow("the code cannot be compiled");
  expect(taken()).toEqual(["--semi-space-growth-factor=1", "--heap-growing-percent=20"]);
});

it("sets nothing before it saves", () => {
  const { switches, taken } = switchesOf(24);
  expect(switches.withDefaults(() => "compiled")).toBe("compiled");
  expect(taken()).toEqual([]);
});

it("uses switches that the V8 of this Node.js has, with its own defaults", () => {
  const { switches, taken } = switchesOf(Number.parseInt(process.versions.node, 10));
  switches.save();
  const saving = taken();
  const usual = switches.withDefaults(taken);
  switches.enterEfficiencyMode();
  const all = [...saving, ...usual, ...taken()];
  // Code that was compiled before is taken again after them only if V8 finds all its switches as they were.
  const script = `
    const { setFlagsFromString } = require("node:v8");
    const { Script } = require("node:vm");
    const text = "(function () { return 1; })";
    const cachedData = new Script(text).createCachedData();
    ${JSON.stringify([...saving, ...usual])}.forEach((flag) => setFlagsFromString(flag));
    const { cachedDataRejected } = new Script(text, { cachedData, filename: "again" });
    ${JSON.stringify(all)}.forEach((flag) => setFlagsFromString(flag));
    console.log(cachedDataRejected);`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["false\n", ""]);
});
