import { createOvhSimulator } from "../../../lib/systems/ovh-vrops/simulator";
import { ACCESS_RULES } from "../../../lib/systems/ovh-vrops/access-rules";
import { sign } from "../../../lib/systems/ovh-vrops/signature";
import { startSimulated, type Simulated } from "../../support/simulated";

const KEYS = {
  applicationKey: "sandbox-application-key",
  applicationSecret: "sandbox-application-secret",
  consumerKey: "sandbox-consumer-key",
};

/** What the API says of a login itself: `/auth/currentCredential`, `/auth/details`, `/me`. */
describe("the simulated OVHcloud, asked for a login", () => {
  let simulated: Simulated;
  afterEach(() => simulated?.close());

  const open = async (ovh: object = {}) => {
    simulated = await startSimulated(createOvhSimulator, { options: { ovh } });
  };
  const answer = async (path: string, headers: Record<string, string>) => {
    const got = await fetch(`${simulated.url}/1.0${path}`, { headers });
    return { status: got.status, body: (await got.json()) as Record<string, unknown> };
  };
  const signed = (path: string, keys = KEYS) => {
    const timestamp = Math.floor(Date.now() / 1000);
    const request = { method: "GET", url: `${simulated.url}/1.0${path}`, body: "" };
    return answer(path, {
      "X-Ovh-Application": keys.applicationKey,
      "X-Ovh-Consumer": keys.consumerKey,
      "X-Ovh-Timestamp": String(timestamp),
      "X-Ovh-Signature": sign(keys, request, timestamp),
    });
  };
  const bearer = (path: string) => answer(path, { authorization: "Bearer sandbox-access-token" });

  it("tells a consumer key its rights and its end, and never the key", async () => {
    await open({ consumerKeySeconds: 3_600 });
    const { body } = await signed("/auth/currentCredential");
    expect(body).toMatchObject({ status: "validated", allowedIPs: null, ovhSupport: false });
    expect(Object.keys(body).sort()).toEqual(
      "allowedIPs applicationId creation credentialId expiration lastUse ovhSupport rules status".split(" "),
    );
    const rules = (body["rules"] as { method: string; path: string }[]).map(({ method, path }) => `${method} ${path}`);
    expect(rules).toEqual([...ACCESS_RULES, "GET /me"]);
    const left = Date.parse(body["expiration"] as string) - Date.now();
    expect(left).toBeGreaterThan(3_590_000);
    expect(left).toBeLessThanOrEqual(3_600_000);
    expect(JSON.stringify([body, simulated.simulator.snapshot()])).not.toContain(KEYS.consumerKey);
  });

  it.each([
    ["always", 200],
    ["by-rule", 403],
  ])("lets a key without a rule for it read itself: %s", async (ownCredential, status) => {
    await open({ ownCredential, access_rules: ["GET /dedicatedCloud*"] });
    expect((await signed("/auth/currentCredential")).status).toBe(status);
    expect((await signed("/auth/details")).status).toBe(status);
    expect((await signed("/me")).status).toBe(403);
  });

  it("knows no consumer key of a service account, but whose it is", async () => {
    await open();
    expect((await bearer("/auth/currentCredential")).status).toBe(403);
    expect((await bearer("/auth/details")).body).toMatchObject({
      method: "oauth2_client_credentials",
      account: "xx11111-ovh",
      allowedRoutes: null,
    });
    expect((await bearer("/me")).body).toMatchObject({ nichandle: "xx11111-ovh" });
  });

  it("lets the owner end, give and refuse access behind everybody's back", async () => {
    await open();
    const intervene = (name: string, argument?: unknown) => simulated.simulator.interventions![name]!(argument);
    intervene("validate-credential", { days: -1 });
    expect((await signed("/me")).body).toMatchObject({ errorCode: "INVALID_CREDENTIAL" });
    intervene("validate-credential", { consumerKey: KEYS.consumerKey, days: 5 });
    expect((await signed("/me")).status).toBe(200);
    intervene("refuse-credential");
    expect((await signed("/me")).status).toBe(403);
    simulated.simulator.tables.reset();
    expect((await signed("/me")).status).toBe(200);
    expect(() => intervene("refuse-credential", { consumerKey: "unknown" })).toThrow("no such credential");
  });
});
