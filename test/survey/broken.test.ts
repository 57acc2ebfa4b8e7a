import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import https from "node:https";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Authority } from "../../lib/mail/server/certificates";
import { startSandbox } from "../../lib/sandbox";
import { scripted, SETTINGS, surveyed } from "./support/surveyed";

// What is wrong with a real system is said so that a person knows what to do.

const NAMES = Object.keys(SETTINGS);
type Answer = (response: ServerResponse) => void;

async function against(name: string, answer: Answer, more = {}) {
  const server = await scripted((_, response) => answer(response));
  try {
    return await surveyed(name, { environment: SETTINGS[name]!(server.url), ...more });
  } finally {
    await server.close();
  }
}

const codes = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);
const send =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);

describe.each(NAMES)("%s", (name) => {
  it("that nobody answers for is told with the address and what to check", async () => {
    const server = await scripted(() => undefined);
    await server.close();
    const report = await surveyed(name, { environment: SETTINGS[name]!(server.url) });
    expect(report).toMatchObject({ state: "wrong", address: expect.stringContaining(server.url) });
    expect(report.answeredInMs).toBeUndefined();
    expect(report.findings[0]).toMatchObject({ severity: "error", evidence: expect.stringContaining("ECONNREFUSED") });
    expect(report.findings[0]!.fix).toMatch(/address and port|reach/i);
    expect(report.objects.every(({ unknown }) => unknown !== undefined)).toBe(true);
  });

  it("behind a portal, whose page comes with 200, is no fine system", async () => {
    const page = "<!doctype html><html><title>Sign in to the network</title></html>";
    const report = await against(name, send(200, page, { "content-type": "text/html" }));
    expect(report.state).toBe("wrong");
    expect(codes(report)).toContain("doctor/page-instead-of-api");
    expect(JSON.stringify(report.findings)).toContain("portal");
    expect(report.answeredInMs).toBeGreaterThanOrEqual(0);
  });

  it("that sends us elsewhere is told with where to", async () => {
    const report = await against(name, send(302, "", { location: "https://login.example.com/sso?token=abc" }));
    expect(codes(report)).toContain("doctor/redirected");
    const told = report.findings.find(({ code }) => code === "doctor/redirected")!;
    expect(told.got).toContain("https://login.example.com/sso");
    expect(JSON.stringify(report)).not.toContain("token=abc");
  });

  it("with nothing at the address is told to be somewhere else", async () => {
    const report = await against(name, send(404, "{}"));
    expect(codes(report)).toContain("doctor/nothing-at-address");
  });

  it("that refuses the login says which setting that is", async () => {
    const body = JSON.stringify({
      message: "This credential is not valid",
      error: "invalid_client",
      errorCode: "INVALID_CREDENTIAL",
    });
    const report = await against(name, send(401, body));
    expect(report.state).toBe("wrong");
    expect(codes(report)[0]).toMatch(new RegExp(`^${name}/`));
    expect(report.rights.every(({ state }) => state === "unknown")).toBe(true);
  });

  it("that is silent is given up in time, with what there was", async () => {
    const report = await against(name, () => undefined, { timeoutMs: 300 });
    expect(codes(report)).toEqual(["doctor/not-through"]);
    expect(report.findings[0]!.fix).toContain("--timeout");
  });

  it("stops at once when we are stopped", async () => {
    const stop = new AbortController();
    const looking = against(name, () => stop.abort(new Error("stopped by Ctrl-C")), { signal: stop.signal });
    await expect(looking).rejects.toThrow();
  });

  it("with settings that cannot be used is told which, and is sent nothing", async () => {
    const environment = Object.fromEntries(Object.entries(SETTINGS[name]!("not a url at all")));
    const report = await surveyed(name, { environment });
    expect(report).toMatchObject({ state: "wrong", reason: "its settings cannot be used" });
    expect(report.findings.length).toBeGreaterThan(0);
  });
});

it.each(NAMES)("%s with a certificate that has expired is told so, and who has to renew it", async (name) => {
  const DAY = 86_400_000;
  const long = Date.now() - 60 * DAY;
  const authority = Authority.create("Example Authority", Date.now());
  const { certificate: cert, key } = authority.issue(
    { name: "127.0.0.1", hosts: ["127.0.0.1"], notBefore: long, notAfter: long + 30 * DAY },
    Date.now(),
  );
  const server = https.createServer({ key, cert }, (_, response) => send(503, "{}")(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const environment = { ...SETTINGS[name]!(url), [`${name.toUpperCase()}_CA_CERTIFICATE`]: authority.pem };
    const report = await surveyed(name, { environment });
    expect(report.state).toBe("wrong");
    expect(report.findings[0]).toMatchObject({ severity: "error", evidence: expect.stringContaining("expired") });
    expect(report.findings[0]!.fix).toMatch(/has expired.*renewed/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

describe("TLS", () => {
  const directory = mkdtempSync(join(tmpdir(), "outbound-survey-"));
  const file = (name: string) => join(directory, name);
  let server: https.Server;
  let url: string;

  beforeAll(async () => {
    const subject = ["-subj", "/O=Example Authority/CN=vrops.example.com", "-addext", "subjectAltName=IP:127.0.0.1"];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", file("key.pem")];
    execFileSync("openssl", ["req", "-x509", ...key, "-days", "20", "-out", file("cert.pem"), ...subject], {
      stdio: "ignore",
    });
    const [pem, cert] = [readFileSync(file("key.pem")), readFileSync(file("cert.pem"))];
    server = https.createServer({ key: pem, cert }, (_, response) => send(503, "{}")(response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(directory, { recursive: true });
  });

  it("of an authority that nobody trusts is told so, with what to give", async () => {
    const report = await surveyed("vrops", { environment: SETTINGS["vrops"]!(url) });
    expect(report.answeredInMs).toBeUndefined();
    expect(report.findings[0]).toMatchObject({
      severity: "error",
      evidence: expect.stringMatching(/self-signed|certificate/i),
    });
    expect(report.findings[0]!.fix).toMatch(/certificate/i);
  });

  it.each(NAMES)("of %s shows who has signed and until when, and warns of an end that is near", async (name) => {
    const environment = { ...SETTINGS[name]!(url), [`${name.toUpperCase()}_CA_CERTIFICATE`]: file("cert.pem") };
    const report = await surveyed(name, { environment });
    expect(report.certificate).toMatchObject({ issuer: "vrops.example.com, Example Authority" });
    expect(Date.parse(report.certificate!.until)).toBeGreaterThan(Date.now());
  });
});

describe("wrong editions", () => {
  it("a vROps older than all that was tried is told", async () => {
    const server = await scripted((request, response) => {
      if (request.url!.endsWith("/acquire"))
        send(200, JSON.stringify({ token: "t".repeat(20), validity: 1 }))(response);
      else if (request.url!.endsWith("/versions/current")) {
        send(200, JSON.stringify({ releaseName: "vRealize Operations Manager 7.5.0" }))(response);
      } else send(200, "{}")(response);
    });
    const report = await surveyed("vrops", { environment: SETTINGS["vrops"]!(server.url) });
    await server.close();
    expect(codes(report)).toContain("vrops/release-not-tried");
    expect(report.version).toEqual({ value: "7.5.0" });
    expect(report.edition).toEqual({ value: "vRealize Operations Manager" });
  });

  it("a UiPath that has no organizations is told to be elsewhere", async () => {
    const sandbox = await startSandbox({ seed: 3, options: { uipath: { edition: "standalone" } } });
    const environment = { ...sandbox.environment(), UIPATH_ORGANIZATION: "acme" };
    const report = await surveyed("uipath", { environment });
    await sandbox.close();
    expect(report.state).toBe("wrong");
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.findings[0]!.fix).toMatch(/url|address|organization/i);
  });
});

describe("an answer in another form", () => {
  it("is told with its place, type and size, ready to be pasted, and never with its values", async () => {
    const flows = [4711, "4712-of-customer-smith"];
    const server = await scripted((request, response) => {
      const path = request.url!.replace(/^\/1\.0/, "");
      if (path === "/auth/time") send(200, "1700000000")(response);
      else if (path.endsWith("/vrops")) send(200, JSON.stringify({ state: 5, owner: "smith" }))(response);
      else if (path.endsWith("/outgoingFlow")) send(200, JSON.stringify(flows))(response);
      else send(200, "[]")(response);
    });
    const environment = SETTINGS["ovh"]!(server.url);
    const report = await surveyed("ovh", { environment, places: ["pcc-1"] });
    await server.close();
    expect(report.state).toBe("wrong");
    const told = report.findings.filter(({ code }) => code === "doctor/unexpected-form");
    expect(told.map(({ attachment }) => attachment).join("\n")).toContain("$.state: expected text, got number");
    expect(told.map(({ attachment }) => attachment).join("\n")).toContain(
      "$[1]: expected a whole number, got text(22)",
    );
    expect(JSON.stringify(report)).not.toMatch(/smith|4711/);
    const vrops = report.answers.find(({ subject }) => subject === "vROps of a service")!;
    expect(vrops).toMatchObject({ verdict: "deviates", unknownMembers: ["$.owner"] });
  });
});
