import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { faultFromText, startSandbox, type Sandbox } from "../../lib/sandbox";

let sandbox: Sandbox;
let directory: string;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "doctor-systems-"));
  sandbox.faults.clear();
  sandbox.requests.clear();
});
afterEach(() => rmSync(directory, { recursive: true }));

async function doctor(
  argv: readonly string[],
  environment: Record<string, string> = sandbox.environment(),
  interrupted = new AbortController().signal,
) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(["doctor", ...argv], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    environment,
    homeDirectory: "/nowhere",
    workingDirectory: directory,
    nodeVersion: process.versions.node,
    platform: process.platform,
    interrupted,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

interface Document {
  readonly ok: boolean;
  readonly systems: readonly { system: string; provider: string | null; state: string; findings: { code: string }[] }[];
}
const documentOf = (out: string) => JSON.parse(out) as Document;

/** A synthesised stack whose provider has these settings. */
function synthesise(provider: unknown, resource: unknown = {}): void {
  const stack = join(directory, "cdktf.out/stacks/alerting");
  mkdirSync(stack, { recursive: true });
  const stacks = {
    alerting: {
      name: "alerting",
      workingDirectory: "stacks/alerting",
      synthesizedStackPath: "stacks/alerting/cdk.tf.json",
    },
  };
  writeFileSync(join(directory, "cdktf.out/manifest.json"), JSON.stringify({ version: "0.21.0", stacks }));
  writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ provider: { outbound: provider }, resource }));
}

describe("outbound doctor --systems", () => {
  it("shows every system and ends with 0 when nothing is wrong", async () => {
    const { code, out } = await doctor(["--systems"]);
    expect(code).toBe(0);
    for (const line of [
      "VMware Aria Operations (vROps): nothing wrong",
      "Ksaar: no API, its mail settings",
      "login until",
    ]) {
      expect(out).toContain(line);
    }
    expect(out).toMatch(/unknown {2}change outbound plugins \(vROps tells the roles/);
    expect(out).toMatch(/expected notification rules, GET \/api\/notifications\/rules -> 200/);
  });

  it("lists a system that is not configured as such, and asks it nothing", async () => {
    const environment = Object.fromEntries(
      Object.entries(sandbox.environment()).filter(([name]) => /^UPTRENDS_/.test(name)),
    );
    const { code, out } = await doctor(["--systems", "--json"], environment);
    expect(code).toBe(0);
    const states = Object.fromEntries(documentOf(out).systems.map(({ system, state }) => [system, state]));
    expect(states).toMatchObject({ uptrends: "nothing wrong", vrops: "not configured", ovh: "not configured" });
    expect(new Set(sandbox.requests.list().map(({ system }) => system))).toEqual(new Set(["uptrends"]));
  });

  it("fails when no system is configured: a pipeline without its variables must not be green", async () => {
    const { code, err } = await doctor(["--systems"], {});
    expect(code).toBe(1);
    expect(err).toContain("No system is configured");
  });

  it("fails, naming what is missing, when the one that was asked for is not configured", async () => {
    const { code, out } = await doctor(["--systems", "--system", "vrops"], { VROPS_URL: "https://vrops.example.com" });
    expect(code).toBe(1);
    expect(out).toContain("VROPS_PASSWORD");
  });

  it("fails when one is wrong, and shows the others all the same", async () => {
    sandbox.faults.add(faultFromText("GET /** status=403 times=always system=uptrends"));
    const { code, out } = await doctor(["--systems", "--json"]);
    expect(code).toBe(1);
    expect(documentOf(out)).toMatchObject({ ok: false });
    expect(
      documentOf(out)
        .systems.filter(({ state }) => state === "wrong")
        .map(({ system }) => system),
    ).toEqual(["uptrends"]);
  });

  it("shows no secret, whatever the answers repeat", async () => {
    const { out } = await doctor(["--systems", "--json"]);
    const secrets = Object.entries(sandbox.environment()).filter(([name]) =>
      /PASSWORD|SECRET|API_KEY|CONSUMER_KEY/.test(name),
    );
    expect(secrets.length).toBeGreaterThan(3);
    for (const [name, value] of secrets) expect({ name, shown: out.includes(value) }).toEqual({ name, shown: false });
  });

  it.each([
    [["--systems", "--timeout", "soon"], "--timeout"],
    [["--timeout", "3s"], "--systems --timeout"],
    [["--record", "answers"], "--systems --record"],
    [["--system", "vrops"], "--systems --system"],
    [["--systems", "--system", "nowhere"], "nowhere"],
  ])("refuses %j", async (argv, told) => {
    const { code, err } = await doctor(argv);
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(told);
    expect(sandbox.requests.list()).toEqual([]);
  });

  it("ends with 130 when it is stopped", async () => {
    const stop = new AbortController();
    sandbox.faults.add(faultFromText("ANY /** delay=5000 times=always"));
    const running = doctor(["--systems"], sandbox.environment(), stop.signal);
    setTimeout(() => stop.abort(new Error("stopped by Ctrl-C")), 200);
    const { code, err } = await running;
    expect({ code, err }).toEqual({ code: 130, err: "Stopped." });
  });

  it("keeps masked answers, of each system in a folder of its own", async () => {
    const { code, err } = await doctor(["--systems", "--record", "answers"]);
    expect(code).toBe(0);
    expect(err).toContain("look at them before you hand them on");
    expect(readdirSync(join(directory, "answers")).sort()).toEqual(["alertops", "ovh", "uipath", "uptrends", "vrops"]);
    const kept = JSON.parse(
      readFileSync(join(directory, "answers/vrops/001-outbound-plugins.json"), "utf8"),
    ) as unknown;
    expect(kept).toMatchObject({ method: "GET", path: "/api/alertplugins", status: 200 });
  });

  it("writes nothing without --record", async () => {
    await doctor(["--systems"]);
    expect(existsSync(join(directory, "answers"))).toBe(false);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe("in a folder with a synthesised stack", () => {
  const vrops = () => {
    const { VROPS_URL: url, VROPS_USERNAME: username, VROPS_PASSWORD: password, ...others } = sandbox.environment();
    return {
      block: { url, username, password: "${var.password}" },
      environment: { ...others, TF_VAR_password: password! },
    };
  };

  it("takes the settings of its provider block, with its variables", async () => {
    const { block, environment } = vrops();
    synthesise([{ vrops: block }]);
    const { code, out } = await doctor(["--systems", "--system", "vrops", "--json"], environment);
    expect({ code, ...documentOf(out).systems[0] }).toMatchObject({
      code: 0,
      provider: "outbound",
      state: "nothing wrong",
    });
  });

  it("looks at each of two configurations", async () => {
    const { block, environment } = vrops();
    synthesise([{ vrops: block }, { alias: "second", vrops: { ...block, url: "http://127.0.0.1:1" } }]);
    const { code, out } = await doctor(["--systems", "--system", "vrops", "--json"], environment);
    expect(code).toBe(1);
    expect(documentOf(out).systems.map(({ provider, state }) => [provider, state])).toEqual([
      ["outbound", "nothing wrong"],
      ["outbound.second", "wrong"],
    ]);
  });

  it("does not know what only Terraform knows, and says so", async () => {
    const { block, environment } = vrops();
    synthesise([{ vrops: { ...block, url: "${data.other.vrops.url}" } }]);
    const { code, out } = await doctor(
      ["--systems", "--system", "vrops", "--system", "alertops", "--json"],
      environment,
    );
    expect(code).toBe(1);
    const { systems } = documentOf(out);
    expect(systems.map(({ state }) => state)).toContain("nothing wrong");
    expect(systems.find(({ system }) => system === "vrops")).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("vrops.url"),
    });
  });

  it("looks at the services that the code names, and calls only those rights missing that it needs", async () => {
    synthesise([{}], { outbound_ovh_vrops_flow: { one: { service_name: "pcc-192-0-2-10" } } });
    sandbox.faults.add(faultFromText("GET /** status=403 times=always system=alertops"));
    const { out } = await doctor(["--systems", "--json"]);
    expect(sandbox.requests.list().map(({ path }) => path)).toContain("/1.0/dedicatedCloud/pcc-192-0-2-10/vrops");
    const alertOps = documentOf(out).systems.find(({ system }) => system === "alertops")!;
    expect(alertOps.findings).toContainEqual(
      expect.objectContaining({ code: "doctor/right-missing", severity: "warning" }),
    );
  });

  it("refuses a stack that is not there", async () => {
    synthesise([{}]);
    const { code, err } = await doctor(["--systems", "--stack", "other"]);
    expect(code).toBe(1);
    expect(err).toContain("other");
  });
});
