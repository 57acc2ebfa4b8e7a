import { createGuardedWrite } from "./support/guarded-write";
import { Recording } from "../../lib/survey/recording";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { systems } from "../../lib/systems";
import { surveyed, systemNamed } from "./support/surveyed";

// Every system, as the sandbox simulates it: read through, and left as it was.

const SERVICE = "pcc-192-0-2-10";
let sandbox: Sandbox;

beforeAll(async () => {
  const flows = [{ ip: "203.0.113.25", port: 587, description: "the relay of Smith & Sons" }];
  sandbox = await startSandbox({ seed: 7, options: { ovh: { services: [{ name: SERVICE, flows }] } } });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.requests.clear();
  sandbox.faults.clear();
});

const surveys = systems.filter(({ survey }) => survey !== undefined).map(({ name }) => name);
const look = (name: string, more = {}) =>
  surveyed(name, { environment: sandbox.environment(), places: name === "ovh" ? [SERVICE] : [], ...more });

/** Where a login is posted to, of each system. */
const LOGINS = /\/api\/auth\/token\/acquire$|\/connect\/token$|\/auth\/oauth2\/token$|\/api\/account\/authenticate$/i;

describe.each(surveys)("%s", (name) => {
  it("is read through: all as expected, and every request a reading or a login", async () => {
    const before = JSON.stringify(sandbox.objects());
    const report = await look(name);
    expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(report).toMatchObject({ state: "nothing wrong", system: name });
    expect(report.answeredInMs).toBeGreaterThanOrEqual(0);
    expect(report.answers.filter(({ verdict }) => verdict === "expected").length).toBeGreaterThan(1);
    const sent = sandbox.requests.list();
    expect(sent.length).toBeGreaterThan(2);
    for (const { method, path } of sent) {
      const allowed = method === "GET" || (method === "POST" && LOGINS.test(path));
      expect({ method, path, allowed }).toEqual({ method, path, allowed: true });
    }
    expect(JSON.stringify(sandbox.objects())).toBe(before);
  });

  it("says unknown, with the reason, of each right that no reading shows", async () => {
    const { rights } = await look(name);
    expect(rights.length).toBeGreaterThan(1);
    for (const right of rights) {
      if (right.state === "unknown") expect(right.reason).toMatch(/\w/);
      expect(right.for.join()).toMatch(/^outbound_/);
    }
  });

  it("keeps answers without anything of what they held", async () => {
    const recording = new Recording(name);
    await look(name, { recording });
    const { vocabulary } = await systemNamed(name).survey!();
    const files = recording.files(vocabulary);
    expect(files.length).toBeGreaterThan(2);
    const text = JSON.stringify(files);
    const own = Object.values(sandbox.environment()).filter((value) => value.length > 7 && !/^https?:/.test(value));
    for (const told of [...own, "127.0.0.1", SERVICE, "203.0.113.25", "Smith"]) {
      expect({ told, kept: text.includes(told) }).toEqual({ told, kept: false });
    }
  });

  it("is told as missing a right, not as fine, when it refuses", async () => {
    sandbox.faults.add({
      path: "/**",
      method: "GET",
      effect: { kind: "status", status: 403 },
      times: "always",
      system: name,
    });
    const report = await look(name);
    expect(report.state).toBe("wrong");
    expect(report.rights.some(({ state }) => state === "missing")).toBe(true);
    expect(report.objects.every(({ count }) => count === undefined)).toBe(true);
  });

  it("is unknown, not empty, when it has no answer", async () => {
    sandbox.faults.add({ path: "/**", effect: { kind: "status", status: 500 }, times: "always", system: name });
    const report = await look(name);
    expect(report.state).toBe("wrong");
    expect(report.objects.every(({ count, unknown }) => count === undefined && unknown !== undefined)).toBe(true);
    expect(report.rights.every(({ state }) => state === "unknown")).toBe(true);
  });

  it("sends nothing at all that would change something, whoever asks for it", async () => {
    const write = await createGuardedWrite(name, sandbox.environment());
    sandbox.requests.clear();
    await expect(write()).rejects.toMatchObject({ problems: [{ code: "doctor/would-write" }] });
    expect(sandbox.requests.list().filter(({ method, path }) => method !== "GET" && !LOGINS.test(path))).toEqual([]);
  });
});
