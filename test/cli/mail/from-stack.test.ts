import { rmSync } from "node:fs";
import { join } from "node:path";
import { startScripted, type ScriptedServer } from "../../support/scripted-smtp";
import { Place } from "./run-outbound";

const password = "stack-password-1";
const place = new Place();
let server: ScriptedServer;
beforeAll(async () => {
  server = await startScripted({
    rcpt: { "refused@example.com": "550 5.1.1 No such user\r\n", "*": "250 2.1.5 Ok\r\n" },
  });
});
afterAll(async () => {
  await server.close();
  rmSync(place.directory, { recursive: true });
});
beforeEach(() => (place.environment = { TF_VAR_host: "127.0.0.1" }));

/** As `cdktf synth` writes them. */
const testEmail = (more: object = {}) => ({
  smtp_host: "${var.host}",
  smtp_port: server.port,
  username: "alerts",
  password_wo: "${var.smtp_password}",
  password_wo_version: 1,
  ca_certificate: "ca.pem",
  from_address: "alerts@${var.domain}",
  to: ["oncall@example.com"],
  triggers: { flow: "${outbound_ovh_vrops_flow.smtp.flow_id}" },
  ...more,
});
/** The same as an action has it, which names the variables of its passwords. */
function configOf(more: object) {
  const {
    password_wo: _,
    password_wo_version: __,
    triggers: ___,
    ...settings
  } = testEmail() as Record<string, unknown>;
  return { ...settings, ...more };
}
const probeOf = (more: object = {}) => ({
  smtp_host: "127.0.0.1",
  smtp_port: server.port,
  security: "none",
  from_address: "alerts@example.com",
  ...more,
});

function synthesise(tests: Record<string, object>, probes: Record<string, object> = {}, more: object = {}): void {
  place.synthesise({
    provider: { outbound: [{}] },
    variable: { host: { type: "string" }, smtp_password: { type: "string" }, domain: { default: "example.com" } },
    ephemeral: { outbound_environment: { RELAY_PASSWORD: { name: "RELAY_PASSWORD" } } },
    resource: { outbound_test_email: tests },
    data: { outbound_smtp_probe: probes },
    ...more,
  });
  place.write("cdktf.out/stacks/alerting/ca.pem", server.ca);
}

describe("--from-stack", () => {
  it("tests what is declared: variables from the environment, files beside the stack", async () => {
    synthesise({ test: testEmail() });
    place.environment["TF_VAR_smtp_password"] = password;
    const { code, out } = await place.run(["send", "--from-stack"]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^outbound_test_email\.test\n/)]);
    expect(out).toMatch(/login as alerts, from alerts@example\.com/);
    expect(server.lines).toContain(`AUTH PLAIN ${Buffer.from(`\0alerts\0${password}`).toString("base64")}`);
  });

  it("takes the password from the variable that an ephemeral block names", async () => {
    synthesise({ test: testEmail({ password_wo: "${ephemeral.outbound_environment.RELAY_PASSWORD.value}" }) });
    expect(await place.run(["probe", "--from-stack"])).toMatchObject({
      code: 10,
      out: "",
      err: expect.stringContaining("The environment variable RELAY_PASSWORD is not set"),
    });
    place.environment["RELAY_PASSWORD"] = password;
    expect(await place.run(["probe", "--from-stack"])).toMatchObject({ code: 0 });
  });

  it("names the variable to set, once, however many tests want it", async () => {
    synthesise({ one: testEmail(), two: testEmail() });
    const { code, err } = await place.run(["probe", "--from-stack"]);
    expect(code).toBe(10);
    expect(err.match(/TF_VAR_smtp_password is not set/g)).toHaveLength(1);
  });

  it("asks for the variable's name where nobody can see it", async () => {
    synthesise({ test: testEmail({ password_wo: "${module.vault.password}" }) });
    const { code, err } = await place.run(["probe", "--from-stack"]);
    expect([code, err]).toEqual([10, expect.stringContaining("Give --password-environment")]);
    place.environment["MINE"] = password;
    expect(await place.run(["probe", "--from-stack", "--password-environment", "MINE"])).toMatchObject({ code: 0 });
  });

  it.each([
    [
      "a host that the apply finds out",
      { smtp_host: "${aws_instance.relay.private_ip}" },
      "smtp_host is known after the apply only",
    ],
    [
      "a receiver in the middle of a list",
      { to: ["a@example.com", "${module.team.mail}"] },
      "to[1] is known after the apply only",
    ],
    ["a variable without a value", { from_address: "x@${var.unset}" }, "Set TF_VAR_unset"],
    ["a value that is none", { from_address: "nobody" }, "outbound_test_email.test: "],
  ])("names %s", async (_, more, expected) => {
    synthesise({ test: testEmail(more) });
    const { code, out, err } = await place.run(["probe", "--from-stack"]);
    expect([code, out]).toEqual([10, ""]);
    expect(err).toContain(expected);
  });

  it("does not mind what is not known of the tests that nobody asked for", async () => {
    synthesise(
      { test: testEmail({ smtp_host: "${a.b.c}" }) },
      { relay: probeOf({ security: "starttls", ca_certificate: "ca.pem" }) },
    );
    const { code, out } = await place.run(["probe", "--from-stack", "--only", "data.outbound_smtp_probe.relay"]);
    expect(code).toBe(0);
    expect(out).not.toContain("outbound_test_email");
    expect(await place.run(["probe", "--from-stack", "--only", "outbound_test_email.tset"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("data.outbound_smtp_probe.relay"),
    });
  });

  it("leaves out a platform's test whose id the apply will give, and says so", async () => {
    const via = [{ system: "vrops", id: "${outbound_vrops_email_plugin.smtp.id}" }];
    synthesise({ test: testEmail({ username: undefined, password_wo: undefined, via, to: ["via@example.com"] }) });
    const { code, out } = await place.run(["send", "--from-stack"]);
    expect([code, out]).toEqual([0, expect.stringContaining("Note: a platform's own test is left out")]);
  });

  it("asks a platform as the stack's provider block says", async () => {
    const via = [{ system: "vrops", id: "12345" }];
    synthesise(
      { test: testEmail({ username: undefined, password_wo: undefined, via, to: ["block@example.com"] }) },
      {},
      {
        provider: {
          outbound: [{ vrops: { url: "https://127.0.0.1:1/suite-api", username: "u", password: "${var.vrops}" } }],
        },
      },
    );
    const unset = await place.run(["send", "--from-stack"]);
    expect([unset.code, unset.out]).toEqual([21, expect.stringContaining("vrops.password is known to Terraform only")]);
  });

  it("only probes what declares a probe, one after the other, and ends with the code of the first that failed", async () => {
    const login = { username: undefined, password_wo: undefined };
    synthesise(
      { all: testEmail({ ...login, to: ["refused@example.com"] }) },
      { closed: probeOf({ smtp_port: 1 }), relay: probeOf() },
    );
    const before = server.lines.length;
    const { code, out } = await place.run(["send", "--from-stack"]);
    expect(code).toBe(18);
    const headings = out.split("\n").filter((line) => /outbound_(test_email|smtp_probe)\.\w+/.test(line));
    expect(headings).toEqual([
      "outbound_test_email.all",
      "data.outbound_smtp_probe.closed (sends nothing)",
      "data.outbound_smtp_probe.relay (sends nothing)",
    ]);
    expect(out).toMatch(/FAIL\s+TCP/);
    expect(server.lines.slice(before)).not.toContain("DATA");
  });

  it("tests what an action declares, with the passwords of the variables that it names", async () => {
    const config = configOf({ password_environment: "RELAY_PASSWORD" });
    synthesise(
      {},
      {},
      {
        action: {
          outbound_send_test_email: { proof: { config } },
          // A block stands alone or in a list.
          outbound_probe: { relay: { config: [{ ...config, to: ["refused@example.com"] }] } },
        },
      },
    );
    const unset = await place.run(["probe", "--from-stack"]);
    expect(unset).toMatchObject({ code: 10, err: expect.stringContaining("RELAY_PASSWORD is not set") });
    place.environment["RELAY_PASSWORD"] = password;
    const before = server.lines.length;
    const { code, out } = await place.run(["send", "--from-stack"]);
    expect(code).toBe(18);
    expect(out.split("\n").filter((line) => line.startsWith("action."))).toEqual([
      "action.outbound_send_test_email.proof",
      "action.outbound_probe.relay (sends nothing)",
    ]);
    const spoken = server.lines.slice(before);
    expect(spoken.filter((line) => line === "DATA")).toHaveLength(1);
    expect(spoken).toContain(`AUTH PLAIN ${Buffer.from(`\0alerts\0${password}`).toString("base64")}`);
  });

  it("reads a mailbox by the variable that an action names", async () => {
    const imap = { host: "127.0.0.1", port: 1, username: "oncall", password_environment: "MAILBOX_PASSWORD" };
    const config = configOf({ username: undefined, imap });
    synthesise({}, {}, { action: { outbound_send_test_email: { proof: { config } } } });
    expect(await place.run(["send", "--from-stack"])).toMatchObject({
      code: 10,
      err: expect.stringContaining("MAILBOX_PASSWORD is not set"),
    });
  });

  it("is a list in JSON and several suites in JUnit", async () => {
    synthesise({}, { closed: probeOf({ smtp_port: 1 }), relay: probeOf() });
    const { code, out } = await place.run(["probe", "--from-stack", "--json", "--junit", "junit.xml"]);
    expect(code).toBe(12);
    const { ok, exitCode, targets } = JSON.parse(out);
    expect([ok, exitCode]).toEqual([false, 12]);
    expect(targets.map((one: { title: string; exitCode: number }) => [one.title, one.exitCode])).toEqual([
      ["data.outbound_smtp_probe.closed", 12],
      ["data.outbound_smtp_probe.relay", 0],
    ]);
  });

  it("stops between two tests when it is told to, and tells of those that were not begun", async () => {
    synthesise({}, { one: probeOf(), two: probeOf() });
    const stop = new AbortController();
    const { code, out, err } = await place.run(["probe", "--from-stack"], stop.signal, (line) => {
      if (line.includes("reachable")) stop.abort(new Error("stopped by Ctrl-C"));
    });
    expect(code).toBe(130);
    expect(out).toContain("data.outbound_smtp_probe.one");
    expect(out).not.toContain("data.outbound_smtp_probe.two");
    expect(err).toContain("1 of 2 tests were not begun");
  });

  it.each([
    ["no stack", ["--output", join("no", "where")], "plan/not-synthesised", 10],
    ["another stack", ["--output", "cdktf.out"], "cli/no-mail-tests", 10],
    ["a port that the stack declares", ["--port", "25"], "cli/options-exclude-each-other", 2],
    ["a plan too", ["--from-plan", "plan.json"], "cli/options-exclude-each-other", 2],
  ])("refuses %s", async (_, more, code, exitCode) => {
    synthesise({});
    const result = await place.run(["probe", "--from-stack", ...more]);
    expect([result.code, result.err]).toEqual([exitCode, expect.stringContaining(`(${code})`)]);
  });
});
