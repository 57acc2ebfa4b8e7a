import { ProblemError } from "../../../lib/core/problem";
import { isOfThisState, Singleton } from "../../../lib/systems/kit/singleton";
import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import { pagerWords } from "../../support/acme";

let readings: number[];
let loads: number;
let now: number;
let settings: Singleton<number>;
const signal = new AbortController().signal;
const answer = { status: 204, headers: {}, data: undefined, text: "" };

beforeEach(() => {
  loads = 0;
  now = 0;
  settings = new Singleton({
    clock: { now: () => now, sleep: async (ms) => void (now += ms) },
    words: pagerWords,
    ref: { name: "Prod" },
    // The last one stays.
    load: async () => readings[Math.min(loads++, readings.length - 1)]!,
  });
});

const wanted = (value: number) => (shown: number) => (shown === value ? [] : [`port is ${shown}, declared ${value}`]);
const codeOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => "nothing",
    (error: unknown) => (error as ProblemError).problems[0]!.code,
  );

it("is read once for all, until it is written", async () => {
  readings = [25];
  await Promise.all([settings.read(signal), settings.read(signal)]);
  await settings.read(signal);
  expect(loads).toBe(1);
  await settings.writing(async () => undefined);
  await settings.read(signal);
  expect(loads).toBe(2);
});

it("is read anew where somebody else may have been faster", async () => {
  readings = [25, 587];
  await settings.read(signal);
  expect(await settings.now(signal)).toBe(587);
});

it("is looked at until it shows what was written, and no longer than a minute", async () => {
  readings = [25, 25, 587];
  expect(await settings.settled(wanted(587), signal)).toBe(587);
  expect(loads).toBe(3);
  expect(await codeOf(settings.settled(wanted(465), signal))).toBe("acme/not-kept");
  expect(now).toBeLessThan(62_000);
});

it("is looked at until it is gone", async () => {
  readings = [25, 25, 0];
  await settings.gone((shown) => shown === 0, answer, signal);
  expect(loads).toBe(3);
  expect(await codeOf(settings.gone((shown) => shown === 25, answer, signal))).toBe("acme/not-gone");
});

it("is sought for a few seconds before it counts as not set", async () => {
  readings = [0, 0, 25];
  expect(await settings.sought((shown) => shown > 0, signal)).toBe(25);
  readings = [0];
  const before = now;
  expect(await settings.sought((shown) => shown > 0, signal)).toBe(0);
  expect(now - before).toBe(5_000);
});

it.each([
  ["free", false],
  ["gone", false],
  ["unknowable", false],
  ["kept", true],
  ["taken", true],
  ["renaming", true],
] as const)("that is %s is of this state: %s", async (kind, expected) => {
  expect(await isOfThisState({ ...withoutOwnership, standing: async () => ({ kind }) }, "tenant")).toBe(expected);
});
