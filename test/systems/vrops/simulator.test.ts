import { createVropsSimulator } from "../../../lib/systems/vrops/simulator";
import { startSimulated, type Simulated } from "../../support/simulated";

/** Of whatever is asked here, the parts that are looked at. */
type Answer = string & {
  token: string;
  pluginId: string;
  enabled: boolean;
  version: number;
  apiErrorCode: number;
  rules: unknown[];
  notificationPluginInstances: unknown[];
};

/** The simulator by itself: it must refuse what an appliance refuses, or tests against it prove nothing. */
describe("the simulated vROps", () => {
  let simulated: Simulated;
  afterEach(() => simulated?.close());

  const open = async (vrops: object = {}) =>
    (simulated = await startSimulated(createVropsSimulator, { options: { vrops } }));

  async function call(
    method: string,
    path: string,
    body?: unknown,
    authorization?: string,
    accept: string | undefined = "application/json",
  ) {
    const response = await fetch(`${simulated.url}/suite-api/api${path}`, {
      method,
      headers: {
        ...(accept === undefined ? {} : { accept }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json");
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as Answer };
  }

  const login = async (scheme = "vRealizeOpsToken") => {
    const { body } = await call("POST", "/auth/token/acquire", {
      username: "admin",
      password: "sandbox-vrops-password",
    });
    return `${scheme} ${body.token}`;
  };

  const email = (changes: object = {}) => ({
    pluginTypeId: "StandardEmailPlugin",
    name: "mail",
    configValues: Object.entries({
      SMTP_HOST: "127.0.0.1",
      SMTP_PORT: "25",
      senderEmailAddress: "a@example.com",
      IS_SECURE_CONNECTION: "false",
      ...changes,
    }).map(([name, value]) => ({ name, value })),
  });

  it.each([
    ["no header", undefined],
    ["Basic", "Basic YWRtaW46eA=="],
    ["a scheme of its own", "VropsToken abc"],
  ])("answers %s with a page, not JSON", async (_what, authorization) => {
    await open();
    const { status, headers, body } = await call("GET", "/alertplugins", undefined, authorization);
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toContain("OpsToken");
    expect(body).toContain("Not Authorized");
  });

  it("answers a made-up, an expired and a released token with 1512", async () => {
    await open();
    const token = await login();
    expect((await call("GET", "/alertplugins", undefined, "vRealizeOpsToken nonsense")).body.apiErrorCode).toBe(1512);
    expect((await call("GET", "/alertplugins", undefined, token)).status).toBe(200);
    await call("POST", "/auth/token/release", {}, token);
    expect((await call("GET", "/alertplugins", undefined, token)).body).toMatchObject({
      httpStatusCode: 401,
      apiErrorCode: 1512,
    });
  });

  it.each([undefined, "*/*", "application/xml", "text/html, application/xhtml+xml"])(
    "answers with XML to whoever asks for %p, refusals too",
    async (accept) => {
      await open();
      const token = await login();
      const xml = async (method: string, path: string, body?: unknown) => {
        const response = await fetch(`${simulated.url}/suite-api/api${path}`, {
          method,
          headers: { authorization: token, "content-type": "application/json", ...(accept ? { accept } : {}) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        expect(response.headers.get("content-type")).toContain("application/xml");
        return response.text();
      };
      expect(await xml("POST", "/alertplugins", { ...email(), name: "a <b> & c" })).toMatch(
        /<ops:notification-plugin xmlns.*<ops:name>a &lt;b&gt; &amp; c<\/ops:name>/s,
      );
      expect(await xml("GET", "/alertplugins")).toContain("<ops:notificationPluginInstance><ops:pluginTypeId>");
      expect(await xml("GET", "/notifications/rules/nonsense")).toContain("<ops:error");
    },
  );

  it("lists its sources without a login, and more of them with one", async () => {
    await open({ authSources: [{ name: "corp", type: "ACTIVE_DIRECTORY" }] });
    const without = await call("GET", "/auth/sources");
    expect(without).toMatchObject({
      status: 200,
      body: { sources: [{ name: "corp", sourceType: { id: "ACTIVE_DIRECTORY" } }] },
    });
    expect(JSON.stringify(without.body)).not.toContain("property");
    expect(JSON.stringify((await call("GET", "/auth/sources", undefined, await login())).body)).toContain("property");
    await simulated.close();
    await open({ listsSources: false });
    expect((await call("GET", "/auth/sources")).status).toBe(401);
  });

  it("tells who is logged in, and which releases there are", async () => {
    await open({ version: "9.0" });
    const token = await login();
    expect((await call("GET", "/auth/currentuser", undefined, token)).body).toMatchObject({
      username: "admin",
      enabled: true,
      roleNames: ["Administrator"],
    });
    expect((await call("GET", "/versions", undefined, token)).body).toMatchObject({
      values: [
        { major: 2, minor: 0 },
        { major: 1, minor: 73 },
        { major: 1, minor: 35 },
      ],
    });
    for (const path of ["/auth/currentuser", "/versions"]) expect((await call("GET", path)).status).toBe(401);
  });

  it.each([
    ["corp", "svc", "corp", 200],
    ["corp", "svc@example.com", "corp", 401],
    ["All vCenters", "svc@vsphere.local", "All vCenters", 200],
    ["Workspace ONE", "svc@example.com@Workspace ONE", undefined, 200],
    ["Workspace ONE", "svc@example.com", "Workspace ONE", 401],
    ["Workspace ONE", "svc@example.com", undefined, 401],
    ["VCF SSO", "svc@example.com", "VCF SSO", 401],
    [undefined, "svc", "LOCAL", 200],
    [undefined, "svc", "corp", 401],
  ])("of a user of %s takes %s with the source %p: %i", async (userSource, username, authSource, status) => {
    await open({ userSource, username: username.replace("@Workspace ONE", "") });
    const body = { username, password: "sandbox-vrops-password", authSource };
    expect((await call("POST", "/auth/token/acquire", body)).status).toBe(status);
  });

  it("keeps what is said of the vendor's own relay at creation", async () => {
    await open();
    const hosted = JSON.stringify(
      (await call("POST", "/alertplugins", email({ isVMwareHostedEmailPlugin: "true" }), await login())).body,
    );
    expect(hosted).toContain('{"name":"isVMwareHostedEmailPlugin","value":"true"}');
  });

  it("takes OpsToken from 9.0 on only", async () => {
    await open({ version: "9.0" });
    expect((await call("GET", "/alertplugins", undefined, await login("OpsToken"))).status).toBe(200);
    await simulated.close();
    await open({ version: "8.18.3" });
    expect((await call("GET", "/alertplugins", undefined, await login("OpsToken"))).status).toBe(401);
  });

  it.each([
    ["no name", { ...email(), name: undefined }, 422],
    ["a value that is no text", { ...email(), configValues: [{ name: "SMTP_PORT", value: 25 }] }, 422],
    ["a required setting missing", email({ SMTP_HOST: "" }), 500],
    ["a port that is no number", email({ SMTP_PORT: "smtp" }), 400],
    ["an unknown type of TLS", email({ SECURE_CONNECTION_TYPE: "STARTTLS" }), 400],
    ["an unknown plugin type", { ...email(), pluginTypeId: "EmailPlugin" }, 404],
  ])("refuses a plugin with %s", async (_what, body, status) => {
    await open();
    const token = await login();
    expect((await call("POST", "/alertplugins", body, token)).status).toBe(status);
    expect((await call("GET", "/alertplugins", undefined, token)).body.notificationPluginInstances).toEqual([]);
  });

  it("starts plugins disabled and refuses to update them while they are enabled", async () => {
    await open();
    const token = await login();
    const { status, body } = await call("POST", "/alertplugins", email(), token);
    expect([status, body.enabled]).toEqual([201, false]);
    expect((await call("PUT", `/alertplugins/${body.pluginId}/enable/true`, undefined, token)).status).toBe(204);
    const update = { ...email(), pluginId: body.pluginId };
    expect((await call("PUT", "/alertplugins", update, token)).status).toBe(400);
    await call("PUT", `/alertplugins/${body.pluginId}/enable/false`, undefined, token);
    expect((await call("PUT", "/alertplugins", update, token)).status).toBe(200);
  });

  it.each([
    ["8.10", 500],
    ["8.18.3", 409],
  ])("locks by version in %s and answers a stale one with %i", async (version, status) => {
    await open({ version });
    const token = await login();
    const { body } = await call("POST", "/alertplugins", email(), token);
    const update = { ...email(), pluginId: body.pluginId, version: body.version };
    expect((await call("PUT", "/alertplugins", update, token)).status).toBe(200);
    expect((await call("PUT", "/alertplugins", update, token)).status).toBe(status);
  });

  it("takes rules down with their plugin unless told to check, and cannot be told in 8.x", async () => {
    for (const [version, query, status, left] of [
      ["9.1", "?checkDependencies=true", 409, 1],
      ["9.1", "", 204, 0],
      ["8.18.3", "?checkDependencies=true", 204, 0],
    ] as const) {
      await open({ version });
      const token = await login();
      const { body } = await call("POST", "/alertplugins", email(), token);
      const rule = { name: "r", pluginId: body.pluginId, properties: [{ name: "emailaddr", value: "a@example.com" }] };
      expect((await call("POST", "/notifications/rules", rule, token)).status).toBe(201);
      expect((await call("DELETE", `/alertplugins/${body.pluginId}${query}`, undefined, token)).status).toBe(status);
      expect((await call("GET", "/notifications/rules", undefined, token)).body.rules).toHaveLength(left);
      await simulated.close();
    }
  });

  it.each([
    [{ properties: [] }, 500],
    [{ criticalities: ["SEVERE"] }, 422],
    [{ criticalities: ["CRITICAL", "CRITICAL"] }, 422],
    [{ alertDefinitionIdFilters: { values: ["nonsense"] } }, 404],
    [{ pluginId: "11111111-1111-4111-8111-111111111111" }, 422],
  ])("refuses a rule with %j", async (changes, status) => {
    await open();
    const token = await login();
    const { body } = await call("POST", "/alertplugins", email(), token);
    const properties = [{ name: "emailaddr", value: "a@example.com" }];
    const rule = { name: "r", pluginId: body.pluginId, properties, ...changes };
    expect((await call("POST", "/notifications/rules", rule, token)).status).toBe(status);
  });

  it("shows its state without secrets", async () => {
    await open({ secretReadBack: "echoed" });
    const token = await login();
    await call("POST", "/alertplugins", email({ PASSWORD: "hush hush hush" }), token);
    const state = JSON.stringify(simulated.simulator.snapshot());
    expect(state).toContain("senderEmailAddress");
    expect(state).not.toContain("hush");
    expect(state).not.toContain(token.split(" ")[1]);
    expect(state).not.toContain("sandbox-vrops-password");
  });

  it("has no test call in 8.10", async () => {
    await open({ version: "8.10" });
    const token = await login();
    const { body } = await call("POST", "/alertplugins", email(), token);
    expect((await call("POST", `/alertplugins/${body.pluginId}/test`, undefined, token)).status).toBe(404);
  });
});
