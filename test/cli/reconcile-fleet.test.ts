import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import type { FleetDetection } from "../../lib/reconcile/fleet/fleet";
import { answers, startHook } from "../notify/support/hook-server";
import { FLOW, flow, planJson } from "../review/support/plan-json";
import { asPublished } from "../schemas/support/document";

const SECRET = "a password that nobody may read";
const STACKS = ["prod-a", "prod-b", "prod-c", "other"];

let directory: string;
let stop: AbortController;
const at = (...path: string[]) => join(directory, ...path);
const stack = (name: string, ...path: string[]) => at("cdktf.out/stacks", name, ...path);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "outbound-fleet-"));
  for (const name of STACKS) {
    mkdirSync(stack(name, ".terraform"), { recursive: true });
    writeFileSync(stack(name, "cdk.tf.json"), "{}");
    planned(name, planJson([]));
  }
  const stacks = Object.fromEntries(STACKS.map((name) => [name, {}]));
  writeFileSync(at("cdktf.out/manifest.json"), JSON.stringify({ stacks }));
  terraform("");
  stop = new AbortController();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const planned = (name: string, json: string) => writeFileSync(stack(name, "plan.json"), json);
const drift = planJson([{ type: FLOW, before: flow(), after: flow({ description: "other" }) }]);

/** A Terraform that shows the plan beside the stack, and refuses to plan where there is none. */
function terraform(more: string): void {
  writeFileSync(
    at("terraform"),
    `#!/bin/sh
case "$1" in
  version) echo "Terraform v1.11.4" ;;
  ${more}
  plan)
    if [ ! -f plan.json ]; then echo "Error: Failed to load state, ${SECRET}"; exit 1; fi
    for a; do case "$a" in -out=*) echo "PK" > "\${a#-out=}" ;; esac; done ;;
  show) cat plan.json ;;
  apply) echo > applied; if [ -f refuses ]; then echo "Error: no"; exit 1; fi ;;
esac
`,
  );
  chmodSync(at("terraform"), 0o755);
}

async function outbound(argv: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const environment = { PATH: process.env["PATH"], TERRAFORM_BINARY_NAME: at("terraform"), SMTP_PASSWORD: SECRET };
  const code = await runCommandLine(["reconcile", ...argv], {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    environment: { ...environment, ...more },
    homeDirectory: directory,
    workingDirectory: directory,
    nodeVersion: process.versions.node,
    platform: process.platform,
    interrupted: stop.signal,
  });
  expect(out.join("\n") + err.join("\n")).not.toContain(SECRET);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

async function detect(...argv: string[]) {
  const { code, out } = await outbound(["detect", "--format", "json", ...argv]);
  const fleet = asPublished("fleet-detection", out) as unknown as FleetDetection;
  return { code, fleet, stacks: Object.fromEntries(fleet.stacks.map((one) => [one.stack, one])) };
}

describe("a wrong command line ends it with 1, and nothing is planned:", () => {
  it.each([
    [["prod-*", "--parallelism", "0"], "--parallelism"],
    [["prod-a", "--parallelism", "many"], "--parallelism"],
    [["prod-*", "prud-*"], "prud-*"],
    [["prod-*", "--horizon", "--since", "missing.json"], "missing.json"],
    [["prod-*", "--accept-unknown", "nobody"], "nobody"],
    [["prod-*", "--notify", "mail"], "prod-a, prod-b, prod-c"],
  ])("%j", async (argv, said) => {
    terraform("plan) echo > planned ;;");
    const { code, err } = await outbound(["detect", ...argv]);
    expect(code).toBe(1);
    expect(err).toContain(said);
    expect(STACKS.some((name) => existsSync(stack(name, "planned")))).toBe(false);
  });
});

it("a stack that cannot be looked at says why, and hides no other", async () => {
  rmSync(stack("prod-a", "plan.json"));
  writeFileSync(stack("prod-b", "cdk.tf.json"), "{");
  const { code, stacks, fleet } = await detect("prod-*");
  expect([code, fleet.verdict, Object.keys(stacks)]).toEqual([1, "unknown", ["prod-a", "prod-b", "prod-c"]]);
  expect(stacks["prod-a"]!.entries).toMatchObject([{ kind: "stack", reason: expect.stringContaining("load state") }]);
  expect(stacks["prod-b"]).toMatchObject({ planHash: null, entries: [{ kind: "stack", bucket: "unknown" }] });
  expect(stacks["prod-c"]).toMatchObject({ verdict: "in-sync" });
});

it("drift outweighs what nobody can tell", async () => {
  rmSync(stack("prod-a", "plan.json"));
  planned("prod-c", drift);
  expect(await detect("prod-*", "other")).toMatchObject({
    code: 2,
    fleet: { fleet: "prod-*, other", verdict: "drift" },
  });
});

it("a pattern is answered by a report of several, also where it finds one; a name by the report of one", async () => {
  expect((await detect("oth*")).fleet.stacks).toHaveLength(1);
  const { out } = await outbound(["detect", "other", "--format", "json"]);
  expect(asPublished("detection", out)).toMatchObject({ stack: "other" });
});

it("all that is written besides is of all of them, and somebody is told once", async () => {
  planned("prod-b", drift);
  const heart = await startHook(answers(200, "OK"));
  const files = ["--json=d.json", "--markdown=d.md", "--junit=d.xml", "--metrics=d.prom", "--ics=d.ics", "--horizon"];
  const notify = ["--notify", "heartbeat=HEART"];
  const { code } = await outbound(["detect", "prod-*", ...files, ...notify], { HEART: `${heart.url}/ping/secret` });
  await heart.close();
  expect(code).toBe(2);
  expect(heart.received.map(({ url }) => url)).toEqual(["/ping/secret/2"]);
  for (const file of ["d.json", "d.md", "d.xml", "d.prom"])
    for (const name of ["prod-a", "prod-b", "prod-c"]) expect(readFileSync(at(file), "utf8")).toContain(name);
  expect(readFileSync(at("d.ics"), "utf8")).toContain("Alert mail of prod-*");
});

it("is stopped as a whole", async () => {
  // The file gets its name once it is written: it is stopped as soon as the second one is seen.
  terraform(`plan) echo $$ > pid; mv pid '${directory}'/pid-"$(basename "$PWD")"; exec sleep 600 ;;`);
  const begun = () => readdirSync(directory).filter((name) => name.startsWith("pid-"));
  const watcher = watch(directory, () =>
    begun().length === 2 ? stop.abort(new Error("stopped by Ctrl-C")) : undefined,
  );
  const { code, err } = await outbound(["detect", "prod-*", "--parallelism", "2"]);
  watcher.close();
  expect([code, err]).toEqual([130, "Stopped."]);
  // The third one was never begun, and what had begun has ended.
  expect(begun()).toHaveLength(2);
  for (const file of begun()) {
    const pid = Number(readFileSync(at(file), "utf8"));
    expect(pid).toBeGreaterThan(0);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  }
});

describe("a repair", () => {
  const repair = (...argv: string[]) => outbound(["repair", ...argv]);
  const applied = () => STACKS.filter((name) => existsSync(stack(name, "applied")));
  beforeEach(async () => {
    planned("prod-b", drift);
    planned("prod-c", drift);
    await outbound(["detect", "prod-*", "--json", "d.json"]);
  });

  it("is a preview of all without --yes", async () => {
    const { code, out } = await repair("prod-*");
    expect(code).toBe(2);
    expect(out).toContain("prod-a: nothing to repair\nprod-b: would be repaired (1)");
    expect(out.match(/this is a preview/g)).toHaveLength(1);
    expect(applied()).toEqual([]);
  });

  it("does what was detected, in each stack", async () => {
    expect(await repair("prod-*", "--detection", "d.json", "--yes")).toMatchObject({ code: 0, err: "" });
    expect(applied()).toEqual(["prod-b", "prod-c"]);
  });

  it("of one stack takes it out of the detection of all", async () => {
    expect((await repair("prod-c", "--detection", "d.json", "--yes")).code).toBe(0);
    expect(applied()).toEqual(["prod-c"]);
  });

  it("that is refused or fails for some is done for the others", async () => {
    writeFileSync(stack("prod-a", "cdk.tf.json"), '{"resource":{}}');
    writeFileSync(stack("prod-b", "refuses"), "");
    const { code, out, err } = await repair("prod-*", "other", "--detection", "d.json", "--yes");
    expect(code).toBe(1);
    expect(out.split("\n").filter((line) => !line.startsWith(" "))).toEqual([
      "other: not repaired",
      "prod-a: not repaired",
      "prod-b: not repaired",
      "prod-c: repaired (1)",
    ]);
    for (const said of ["other: The detection does not have this stack", "reconcile/code-changed", "prod-b: "])
      expect(err).toContain(said);
  });

  it("is refused with a detection of another stack, or of none", async () => {
    expect((await repair("other", "--detection", "d.json", "--yes")).err).toContain("reconcile/other-stack");
    writeFileSync(at("d.json"), '{"format":"outbound-fleet-detection/1","stacks":[]}');
    expect((await repair("prod-*", "--detection", "d.json", "--yes")).err).toContain("reconcile/bad-detection");
    expect(applied()).toEqual([]);
  });
});
