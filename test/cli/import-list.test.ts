import { runCommandLine } from "../../lib/cli/program";
import { faultFromText, startSandbox, type Sandbox } from "../../lib/sandbox";

let sandbox: Sandbox;
beforeAll(async () => {
  const flows = [{ ip: "203.0.113.25", port: 587, description: "relay" }];
  sandbox = await startSandbox({ options: { ovh: { services: [{ name: "pcc-192-0-2-10", flows }] } } });
});
afterAll(() => sandbox.close());
beforeEach(() => void sandbox.faults.clear());

async function list(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(["import", "--system", "ovh", "--ovh-service", "pcc-192-0-2-10", ...argv], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    environment: sandbox.environment(),
    homeDirectory: "/nowhere",
    workingDirectory: "/nowhere",
    nodeVersion: process.versions.node,
    platform: process.platform,
    interrupted: new AbortController().signal,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("outbound import --list --json", () => {
  it("is what exists, and 0 when everybody has answered", async () => {
    const { code, out } = await list("--list", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: "outbound-inventory/1",
      complete: true,
      systems: [
        {
          system: "ovh",
          collections: [
            { type: "outbound_ovh_vrops_flow", unknown: null, objects: [{ name: expect.any(String), leftOut: null }] },
          ],
        },
      ],
    });
  });

  it.each([[["--list", "--json"]], [["--list"]], [["--out", "-"]]])(
    "of a system that refuses is unknown, never empty, and 1 (%j)",
    async (argv) => {
      sandbox.faults.add(faultFromText("ANY /** status=403 times=always"));
      const { code, out } = await list(...argv);
      expect(code).toBe(1);
      if (argv.includes("--json")) {
        expect(JSON.parse(out)).toMatchObject({
          complete: false,
          systems: [{ collections: [{ unknown: expect.stringMatching(/./), objects: null }] }],
        });
      }
    },
  );

  it("goes with --list only", async () => {
    const { code, err } = await list("--json");
    expect(code).toBe(2);
    expect(err).toContain("--list --json");
  });
});
