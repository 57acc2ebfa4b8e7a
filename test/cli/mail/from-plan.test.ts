import { rmSync } from "node:fs";
import { planJson } from "../../review/support/plan-json";
import { startScripted, type ScriptedServer } from "../../support/scripted-smtp";
import { Place } from "./run-outbound";

const password = "plan-password-1";
const TEST = "outbound_test_email";
const PROBE = "outbound_smtp_probe";
const place = new Place();
let server: ScriptedServer;
beforeAll(async () => {
  server = await startScripted();
});
afterAll(async () => {
  await server.close();
  rmSync(place.directory, { recursive: true });
});
beforeEach(() => (place.environment = {}));

/** As Terraform writes it: every attribute, secrets and what is computed being null or absent. */
const planned = (more: object = {}) => ({
  smtp_host: "127.0.0.1",
  smtp_port: server.port,
  security: "starttls",
  username: "alerts",
  password_wo: null,
  password_wo_version: 1,
  ca_certificate: server.ca,
  declared_flows: null,
  from_address: "alerts@example.com",
  to: ["oncall@example.com"],
  subject: "Alert mail test",
  timeout_seconds: 60,
  on_failure: "fail",
  via: null,
  ...more,
});
const computed = { id: true, ok: true, verdict: true, stages: true, message_id: true, tested_at: true };
const configured = (expressions: object, more: object = {}) => ({
  configuration: { root_module: { resources: [{ address: `${TEST}.test`, type: TEST, expressions }], ...more } },
});
const referring = (...references: string[]) => ({ password_wo: { references } });
const plan = (after: Record<string, unknown>, extra: Record<string, unknown> = {}, unknown: object = computed) =>
  planJson([{ type: TEST, name: "test", after, change: { after_unknown: unknown } }], extra);

describe("--from-plan", () => {
  it("tests what the plan will apply, with the variable's password", async () => {
    place.write("plan.json", plan(planned(), configured(referring("var.smtp_password"))));
    expect(await place.run(["probe", "--from-plan", "plan.json"])).toMatchObject({
      code: 10,
      err: expect.stringContaining("TF_VAR_smtp_password is not set"),
    });
    place.environment = { TF_VAR_smtp_password: password };
    const { code, out } = await place.run(["probe", "--from-plan", "plan.json"]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^outbound_test_email\.test/)]);
  });

  it("tests what an action of the apply declares, once, however often it is invoked", async () => {
    const {
      password_wo: _,
      password_wo_version: __,
      on_failure: ___,
      ...settings
    } = planned() as Record<string, unknown>;
    const invocation = (event: string) => ({
      address: "action.outbound_send_test_email.proof",
      type: "outbound_send_test_email",
      config_values: { ...settings, password_environment: "RELAY_PASSWORD" },
      config_unknown: { to: [false] },
      lifecycle_action_trigger: { triggering_resource_address: "terraform_data.a", action_trigger_event: event },
    });
    const foreign = { address: "action.local_command.x", type: "local_command", config_values: { command: "true" } };
    const action_invocations = [invocation("AfterCreate"), invocation("AfterUpdate"), foreign];
    place.write("plan.json", planJson([], { action_invocations }));
    place.environment = { RELAY_PASSWORD: password };
    const { code, out } = await place.run(["probe", "--from-plan", "plan.json"]);
    expect([code, out.match(/^action\..*$/gm)]).toEqual([0, ["action.outbound_send_test_email.proof (sends nothing)"]]);
  });

  it("reads standard input", async () => {
    place.input = plan(planned(), configured(referring("var.smtp_password")));
    place.environment = { TF_VAR_smtp_password: password };
    expect(await place.run(["probe", "--from-plan", "-"])).toMatchObject({ code: 0 });
    place.input = "";
    expect(await place.run(["probe", "--from-plan", "-"])).toMatchObject({
      code: 10,
      err: expect.stringContaining("standard input"),
    });
  });

  it("takes the label of an ephemeral block for the variable's name, as the constructs write it", async () => {
    const block = (label: string) => `ephemeral.outbound_environment.${label}`;
    const declared = (label: string) => plan(planned(), configured(referring(`${block(label)}.value`, block(label))));
    place.input = declared("RELAY_PASSWORD");
    expect((await place.run(["probe", "--from-plan", "-"])).err).toContain("RELAY_PASSWORD is not set");
    place.input = declared("relay");
    expect((await place.run(["probe", "--from-plan", "-"])).err).toContain("Give --password-environment");
  });

  it("follows the password of a module to the variable that feeds it", async () => {
    place.input = planJson([{ type: TEST, address: `module.mail["a"].${TEST}.test`, after: planned() }], {
      configuration: {
        root_module: {
          module_calls: {
            mail: {
              expressions: { secret: { references: ["var.relay_password"] } },
              module: { resources: [{ address: `${TEST}.test`, type: TEST, expressions: referring("var.secret") }] },
            },
          },
        },
      },
    });
    expect((await place.run(["probe", "--from-plan", "-"])).err).toContain("TF_VAR_relay_password is not set");
  });

  it("asks where the password is when several values may be it", async () => {
    place.input = plan(planned(), configured(referring("var.one", "var.two")));
    const { code, err } = await place.run(["probe", "--from-plan", "-"]);
    expect([code, err]).toEqual([10, expect.stringContaining("var.one, var.two")]);
    expect(err).toContain("--password-environment");
  });

  it("names what only the apply will know, and nothing that does not matter", async () => {
    const { smtp_host: _, ...rest } = planned();
    place.input = plan(rest, {}, { ...computed, smtp_host: true, triggers: { flow: true } });
    const { code, err } = await place.run(["probe", "--from-plan", "-"]);
    expect(code).toBe(10);
    expect(err.match(/known after the apply only/g)).toHaveLength(1);
    expect(err).toContain("outbound_test_email.test: smtp_host is known after the apply only");
  });

  it("leaves out a platform's test whose id is not known yet", async () => {
    const via = [{ system: "vrops" }, { system: "vrops", id: "12345" }];
    place.input = plan(planned({ username: null, via }), {}, { ...computed, via: [{ id: true }, {}] });
    const { code, out } = await place.run(["send", "--from-plan", "-", "--dry-run"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^via +vrops:12345$/m);
    expect(out).toContain("Note: a platform's own test is left out");
  });

  it("tests with sensitive values, and prints none of them", async () => {
    const sensitive = { after_unknown: computed, after_sensitive: { username: true } };
    place.input = planJson([
      { type: TEST, name: "test", after: planned({ username: "secret-user-1" }), change: sensitive },
    ]);
    place.environment = { MINE: password };
    const before = server.lines.length;
    const { code, out, err } = await place.run([
      ...["probe", "--from-plan", "-", "--password-environment", "MINE"],
      ...["--transcript", "--junit", "sensitive.xml"],
    ]);
    expect(code).toBe(0);
    expect(server.lines.slice(before)).toContain(
      `AUTH PLAIN ${Buffer.from(`\0secret-user-1\0${password}`).toString("base64")}`,
    );
    expect(out + err).not.toContain("secret-user-1");
  });

  it("tests what is deployed, from the JSON of a state", async () => {
    const values = { ...planned(), id: "61bee2b990a2", ok: true, verdict: "accepted", stages: [] };
    const probe = { ...planned(), password_environment: "RELAY_PASSWORD", password_wo: undefined, to: null };
    place.input = JSON.stringify({
      format_version: "1.0",
      values: {
        root_module: {
          resources: [{ address: `${TEST}.test`, mode: "managed", type: TEST, name: "test", values }],
          child_modules: [
            {
              resources: [
                { address: `module.a.data.${PROBE}.relay`, mode: "data", type: PROBE, name: "relay", values: probe },
              ],
            },
          ],
        },
      },
    });
    const unset = await place.run(["send", "--from-plan", "-"]);
    expect([unset.code, unset.err]).toEqual([10, expect.stringContaining("Give --password-environment")]);
    expect(unset.err).toContain("RELAY_PASSWORD is not set");
    place.environment = { RELAY_PASSWORD: password };
    const { code, out } = await place.run(["send", "--from-plan", "-", "--password-environment", "RELAY_PASSWORD"]);
    expect(code).toBe(0);
    expect(out).toContain(`module.a.data.${PROBE}.relay (sends nothing)`);
  });

  it("passes over what will be destroyed, and says when nothing is left", async () => {
    place.input = planJson([{ type: TEST, name: "test", before: planned(), after: null }]);
    expect(await place.run(["probe", "--from-plan", "-"])).toMatchObject({
      code: 10,
      err: expect.stringContaining("(cli/no-mail-tests)"),
    });
  });

  it.each([
    ["no such file", "none.json", "plan/file-missing"],
    ["something else", "manifest.json", "plan/not-a-plan"],
    ["half a plan", "half.json", "plan/truncated"],
  ])("refuses %s", async (_, path, code) => {
    place.write("manifest.json", { stacks: {} });
    place.write("half.json", plan(planned()).slice(0, 200));
    expect(await place.run(["probe", "--from-plan", path])).toMatchObject({
      code: 10,
      out: "",
      err: expect.stringContaining(`(${code})`),
    });
  });
});
