import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLogger } from "../../lib/core/log";
import { ProblemError } from "../../lib/core/problem";
import { Redactor } from "../../lib/core/redaction";
import { readPlan, type RunTerraform } from "../../lib/plan";
import { DETECTION_FORMAT, type Detection } from "../../lib/reconcile/detection";
import { FLEET_DETECTION_FORMAT } from "../../lib/reconcile/fleet/fleet";
import type { DetectionContext } from "../../lib/reconcile/observe";
import { readDetections, repair } from "../../lib/reconcile/repair";
import { configHash } from "../../lib/reconcile/stack-config";
import type { Runtime } from "../../lib/systems/kit/system";
import { FLOW, flow, planJson } from "../review/support/plan-json";

const SECRET = "a password that nobody may read";
const CODE = { resource: { [FLOW]: { this: { port: 587 } } } };
const drift = planJson([{ type: FLOW, before: flow(), after: flow({ description: "other" }) }]);
const more = planJson([
  { type: FLOW, before: flow(), after: flow({ description: "other" }) },
  { type: FLOW, name: "that", before: flow({ id: "x" }), after: null },
]);

let directory: string;
/** What terraform was asked for, and the plan file that it was to apply. */
let asked: string[];
let applied: string | undefined;
let shown: string;
let failing: string | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "outbound-repair-"));
  mkdirSync(join(directory, ".terraform"));
  [asked, applied, shown, failing] = [[], undefined, drift, undefined];
  code(CODE);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const code = (config: object) => writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(config));

const terraform: RunTerraform = async ([command = "", ...args]) => {
  asked.push(command);
  if (command === failing) return { exitCode: 1, stdout: "", output: `Error: the lab is closed` };
  const out = args.find((one) => one.startsWith("-out="))?.slice("-out=".length);
  if (out !== undefined) writeFileSync(out, "PK");
  const file = args.at(-1)!;
  if (command === "apply") applied = existsSync(file) ? file : "a file that is not there";
  return { exitCode: 0, stdout: command === "show" ? shown : "", output: "" };
};

const hashOf = (json: string) => readPlan(json, { source: "the test" }).hash;
const detection = (changed: Partial<Detection> = {}) =>
  ({
    format: DETECTION_FORMAT,
    stack: "prod",
    detectedAt: "2026-11-01T10:00:00Z",
    configHash: configHash(CODE),
    planHash: hashOf(drift),
    entries: [],
    ...changed,
  }) as unknown as Detection;

function run(found: Detection | undefined, apply = true) {
  const redactor = new Redactor();
  redactor.add(SECRET);
  const runtime = { environment: {}, redactor, log: silentLogger } as unknown as Runtime;
  const { signal } = new AbortController();
  const world: DetectionContext = { run: terraform, runtime, signal, progress: () => undefined };
  const stack = { name: "prod", directory, file: join(directory, "cdk.tf.json") };
  return repair(stack, [], found, apply, world);
}
const refusal = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problems[0]!;
};

/** A refusal for which nothing was planned. */
async function unplanned(found: Detection, apply = true) {
  const problem = await refusal(run(found, apply));
  expect(asked).toEqual([]);
  return problem;
}

/** A run that has planned, and applied nothing. */
async function unapplied<T>(running: Promise<T>): Promise<T> {
  const came = await running;
  expect([asked, applied]).toEqual([["plan", "show"], undefined]);
  return came;
}

describe("a repair is refused before anything is planned", () => {
  it.each([true, false])("when the code has changed since the detection (to be done: %s)", async (apply) => {
    code({ resource: { [FLOW]: { this: { port: 25 } } } });
    expect(await unplanned(detection(), apply)).toMatchObject({
      code: "reconcile/code-changed",
      got: "another configuration than at 2026-11-01T10:00:00Z",
    });
  });

  it("when something was taken out of the code, or put in", async () => {
    for (const changed of [{ resource: {} }, { ...CODE, output: { ip: { value: "1" } } }]) {
      code(changed);
      expect((await unplanned(detection())).code).toBe("reconcile/code-changed");
    }
  });

  it("with the detection of another stack", async () => {
    expect(await unplanned(detection({ stack: "test" }))).toMatchObject({
      code: "reconcile/other-stack",
      got: "test",
      expected: "prod",
    });
  });

  it("with one that could not look at everything", async () => {
    expect((await unplanned(detection({ planHash: null }))).code).toBe("reconcile/undetermined");
  });
});

describe("a repair changes nothing", () => {
  it("when more would be done than the detection found", async () => {
    shown = more;
    expect(await unapplied(refusal(run(detection())))).toMatchObject({
      code: "reconcile/world-changed",
      got: "another plan than at 2026-11-01T10:00:00Z",
    });
  });

  it("without a detection: what it would take is shown", async () => {
    expect(await unapplied(run(undefined))).toEqual({ actions: [`update ${FLOW}.this`], applied: false });
  });

  it("without being told to", async () => {
    expect(await unapplied(run(detection(), false))).toEqual({ actions: [`update ${FLOW}.this`], applied: false });
  });

  it("where there is nothing to do", async () => {
    shown = planJson([]);
    expect(await unapplied(run(detection({ planHash: hashOf(shown) })))).toEqual({ actions: [], applied: false });
  });
});

it.each(["plan", "show", "apply"])("says what terraform says when its %s fails", async (command) => {
  failing = command;
  const problem = await refusal(run(detection()));
  expect(problem.code).toBe("plan/terraform-failed");
  expect(problem.evidence).toContain("the lab is closed");
});

it("applies the very plan that was held against the detection, and leaves no file of it", async () => {
  expect(await run(detection())).toEqual({ actions: [`update ${FLOW}.this`], applied: true });
  expect(asked).toEqual(["plan", "show", "apply"]);
  expect(applied).toMatch(/outbound-plan-/);
  expect(existsSync(applied!)).toBe(false);
});

it("does not call it a change where or by which tool the code was synthesised, nor in which order", async () => {
  code({ terraform: { backend: { local: {} } }, "//": { metadata: {} }, ...CODE });
  const found = detection({ configHash: configHash({ ...CODE, terraform: {} }) });
  expect((await run(found)).applied).toBe(true);
});

it("shows no secret, wherever it stands", async () => {
  shown = planJson([{ type: FLOW, address: `${FLOW}.this["${SECRET}"]`, before: flow(), after: null }]);
  expect(await run(undefined)).toEqual({ actions: [`delete ${FLOW}.this["(redacted)"]`], applied: false });
});

describe("a file that is no detection", () => {
  const read = async (text: string | undefined) => {
    const path = join(directory, "detection.json");
    if (text !== undefined) writeFileSync(path, text);
    return refusal(Promise.resolve().then(() => readDetections(path)));
  };

  it.each([
    ["is not there", undefined, "there is no such file"],
    ["is no JSON", "{", "it is not JSON"],
    ["is nothing", "null", "the file: "],
    ["is of another format", JSON.stringify({ ...detection(), format: "other/1" }), "format: "],
    ["has no hash of the code", JSON.stringify({ ...detection(), configHash: "" }), "configHash: "],
    ["has no hash of the plan", JSON.stringify({ ...detection(), planHash: "abc" }), "planHash: "],
    ["has none", JSON.stringify({ format: FLEET_DETECTION_FORMAT, stacks: [] }), "stacks: "],
    [
      "has one that is broken",
      JSON.stringify({ format: FLEET_DETECTION_FORMAT, stacks: [detection(), { ...detection(), stack: 7 }] }),
      "stacks.1.stack: ",
    ],
  ])("%s", async (_what, text, evidence) => {
    const problem = await read(text);
    expect(problem.code).toBe("reconcile/bad-detection");
    expect(problem.evidence).toContain(evidence);
  });

  it("but one is taken as it is, and several as they are", () => {
    const path = join(directory, "detection.json");
    writeFileSync(path, JSON.stringify(detection()));
    expect(readDetections(path)).toEqual([detection()]);
    const stacks = [detection(), detection({ stack: "test", planHash: null })];
    writeFileSync(path, JSON.stringify({ format: FLEET_DETECTION_FORMAT, stacks }));
    expect(readDetections(path)).toEqual(stacks);
  });
});
