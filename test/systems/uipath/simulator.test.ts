import { request } from "node:http";
import { createUiPathSimulator } from "../../../lib/systems/uipath/simulator";
import { startSimulated, type Simulated } from "../../support/simulated";
import { ORGANIZATION } from "./room";

let simulated: Simulated | undefined;
afterEach(async () => {
  await simulated?.close();
  simulated = undefined;
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** Exactly what is given goes over the wire: no header is added, no path is made nicer. */
function send(
  method: string,
  path: string,
  { headers = {}, body = "" }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(simulated!.url);
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => {
        const isJson = /json/.test(response.headers["content-type"] ?? "");
        const read: unknown = isJson && text !== "" ? JSON.parse(text) : text;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read });
      });
    });
    sent.on("error", reject).end(body);
  });
}

async function open(uipath: Readonly<Record<string, unknown>> = {}): Promise<void> {
  simulated = await startSimulated(createUiPathSimulator, { options: { uipath } });
}

async function token(at = "/identity_/connect/token"): Promise<string> {
  const { UIPATH_CLIENT_ID: id, UIPATH_CLIENT_SECRET: secret } = simulated!.simulator.environment(simulated!.url);
  const form = new URLSearchParams({ client_id: id!, client_secret: secret!, grant_type: "client_credentials" });
  // As UiPath's own command line has it: every field of every grant, empty where this one has none.
  for (const field of ["code", "code_verifier", "redirect_uri", "refresh_token", "scope"]) form.set(field, "");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const { status, body } = await send("POST", at, { headers, body: form.toString() });
  expect(status).toBe(200);
  return (body as { access_token: string }).access_token;
}

const json = (bearer: string) => ({ authorization: `Bearer ${bearer}`, "content-type": "application/json" });

describe("what UiPath's own command line sends", () => {
  const base = "/acme/Production/orchestrator_";
  const call = "UiPath.Server.Configuration.OData";
  const identity = "/acme/identity_/api/Setting";
  const hook = {
    AllowInsecureSsl: false,
    Enabled: true,
    Name: "hook",
    SubscribeToAllEvents: true,
    Url: "https://e.com/",
  };
  const partition = `partitionGlobalId=${ORGANIZATION}`;
  const mail = [
    { key: "Email.Smtp.Host", value: "smtp.example.com" },
    { key: "Email.Smtp.Port", value: "587" },
    { key: "Email.Smtp.FromEmail", value: "alerts@example.com" },
  ];

  /** Method, path, body, status, and something of the answer. */
  const sequence: readonly (readonly [string, string, object | undefined, number, unknown])[] = [
    ["GET", `${base}/odata/Settings`, undefined, 200, { value: expect.any(Array) }],
    [
      "GET",
      `${base}/odata/Settings?%24filter=startswith%28Name%2C%27Abp.Net.Mail%27%29&%24select=Name%2CValue&%24top=2`,
      undefined,
      200,
      {
        value: [
          { Name: "Abp.Net.Mail.Smtp.Host", Value: "127.0.0.1" },
          { Name: "Abp.Net.Mail.Smtp.Port", Value: "25" },
        ],
      },
    ],
    ["GET", `${base}/odata/Settings('Abp.Timing.TimeZone')`, undefined, 200, { value: "UTC" }],
    ["GET", `${base}/odata/Settings('No.Such.Setting')`, undefined, 404, { errorCode: 1002 }],
    [
      "PUT",
      `${base}/odata/Settings('Abp.Net.Mail.Smtp.Port')`,
      { Name: "Abp.Net.Mail.Smtp.Port", Value: "587" },
      200,
      "",
    ],
    ["GET", `${base}/odata/Settings('Abp.Net.Mail.Smtp.Port')`, undefined, 200, { value: "587" }],
    [
      "POST",
      `${base}/odata/Settings/${call}.UpdateBulk`,
      { settings: [{ Name: "Abp.Net.Mail.Smtp.Host", Value: "smtp.example.com" }] },
      200,
      "",
    ],
    [
      "POST",
      `${base}/odata/Settings/${call}.DeleteBulk`,
      { settingNames: ["Abp.Net.Mail.Smtp.Host", "Abp.Net.Mail.Smtp.Port"] },
      204,
      "",
    ],
    ["GET", `${base}/odata/Settings('Abp.Net.Mail.Smtp.Port')`, undefined, 200, { value: "25" }],
    ["GET", `${base}/odata/Settings/${call}.GetTimezones`, undefined, 200, { Keys: expect.arrayContaining(["UTC"]) }],
    [
      "POST",
      `${base}/odata/Settings/${call}.VerifySmtpSetting`,
      { sendTo: "a@example.com", smtpSettingModel: { Host: "nowhere.example.com", Port: 25 } },
      400,
      { message: expect.stringContaining("No such host is known") },
    ],
    [
      "GET",
      `${base}/odata/Users?%24expand=UserRoles&%24filter=UserName+eq+%27oncall%27`,
      undefined,
      200,
      { value: [{ UserName: "oncall", UserRoles: [{ RoleName: "Administrator" }] }] },
    ],
    ["GET", `${base}/odata/Users(1)`, undefined, 200, { UserName: "oncall" }],
    ["GET", `${base}/odata/Users(99)`, undefined, 404, { errorCode: 1002 }],
    ["GET", `${base}/odata/Roles(1)?%24expand=Permissions`, undefined, 200, { Permissions: expect.any(Array) }],
    ["POST", `${base}/odata/Webhooks`, hook, 201, { Id: 41 }],
    ["GET", `${base}/odata/Webhooks?%24filter=Name+eq+%27hook%27`, undefined, 200, { value: [{ Id: 41 }] }],
    ["GET", `${base}/odata/Webhooks?%24filter=Name+eq+%27other%27`, undefined, 200, { value: [] }],
    ["GET", `${base}/odata/Webhooks/${call}.GetEventTypes`, undefined, 200, { value: expect.any(Array) }],
    ["GET", `${base}/odata/Webhooks(41)`, undefined, 200, { Name: "hook" }],
    ["PUT", `${base}/odata/Webhooks(41)`, { ...hook, Id: 41, Key: "41", Name: "hook2" }, 200, { Name: "hook2" }],
    ["PATCH", `${base}/odata/Webhooks(41)`, { ...hook, Key: "41", Name: "hook3" }, 200, { Name: "hook3" }],
    [
      "POST",
      `${base}/odata/Webhooks(41)/${call}.Ping`,
      undefined,
      202,
      { Type: "ping", Timestamp: expect.any(String) },
    ],
    ["POST", `${base}/odata/Webhooks(7)/${call}.Ping`, undefined, 404, { errorCode: 1002 }],
    ["DELETE", `${base}/odata/Webhooks(41)`, undefined, 204, ""],
    ["GET", `${base}/odata/Webhooks(41)`, undefined, 404, { errorCode: 1002 }],
    ["PUT", identity, { partitionGlobalId: ORGANIZATION, settings: mail }, 200, expect.any(Array)],
    ["GET", `${identity}?key=Email.Smtp.Host&${partition}`, undefined, 200, [{ value: "smtp.example.com" }]],
    // Its definition names the host's address.
    ["GET", `/identity_/api/Setting?key=Email.Smtp.Host&${partition}`, undefined, 200, [{ value: "smtp.example.com" }]],
  ];

  it("is answered as it wants, in its order", async () => {
    await open();
    const bearer = await token();
    const seen: (Answer & { method: string; path: string })[] = [];
    for (const [method, path, body] of sequence) {
      const text = body === undefined ? "" : JSON.stringify(body);
      seen.push({ method, path, ...(await send(method, path, { headers: json(bearer), body: text })) });
    }
    expect(seen.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual(
      sequence.map(([method, path, , status]) => `${method} ${path} ${status}`),
    );
    sequence.forEach(([, , , , expected], index) => {
      const { body } = seen[index]!;
      if (typeof expected === "object" && expected !== null && !Array.isArray(expected)) {
        expect(body).toMatchObject(expected);
      } else if (Array.isArray(expected)) expect(body).toMatchObject(expected);
      else expect(body).toEqual(expected);
    });
  });
});

describe("as lenient as ASP.NET", () => {
  it("minds no case in addresses, names of settings and of properties, and takes UiPath's own example", async () => {
    await open();
    const headers = json(await token());
    const example = {
      Settings: [
        { Key: "Email.Smtp.Host", Value: "SendGrid" },
        { Key: "Email.Smtp.Port", Value: "587" },
        { Key: "Email.Smtp.FromEmail", Value: "a@example.com" },
      ],
      PartitionGlobalId: ORGANIZATION,
    };
    const put = await send("PUT", "/ACME/identity_/api/setting", { headers, body: JSON.stringify(example) });
    expect(put).toMatchObject({
      status: 200,
      body: expect.arrayContaining([expect.objectContaining({ value: "587" })]),
    });

    const bulk = { Settings: [{ name: "abp.net.mail.smtp.port", value: "2525" }] };
    const path = "/acme/production/orchestrator_/ODATA/settings/uipath.server.configuration.odata.updatebulk";
    expect(await send("POST", path, { headers, body: JSON.stringify(bulk) })).toMatchObject({ status: 200 });
    const read = await send("GET", "/acme/Production/orchestrator_/odata/settings('ABP.net.mail.smtp.port')", {
      headers,
    });
    expect(read.body).toEqual({ value: "2525" });
  });

  it("refuses a filter that it does not understand", async () => {
    await open();
    const headers = json(await token());
    const path = "/acme/Production/orchestrator_/odata/Settings?$filter=Nme%20eq%20%27x%27";
    expect(await send("GET", path, { headers })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("could not find a property named 'Nme'") },
    });
  });
});

describe("variants of release and edition", () => {
  const settings = "/acme/Production/orchestrator_/odata/Settings";
  const reading = `/api/Setting?key=Email.Smtp.Host&partitionGlobalId=${ORGANIZATION}`;
  const bulk = JSON.stringify({ settings: [{ Name: "Abp.Net.Mail.Smtp.Port", Value: "587" }] });

  it.each([
    [{ apiVersion: 15 }, "15.0"],
    [{ apiVersion: 11 }, "11.0"],
    [{ showVersion: false }, undefined],
  ])("%p: the version in the header is %p", async (options, expected) => {
    await open(options);
    const { headers } = await send("GET", settings, { headers: json(await token()) });
    expect(headers["api-supported-versions"]).toBe(expected);
  });

  it.each([
    [{ edition: "suite" }, 200, 200],
    [{ edition: "suite", identityAt: "organization" }, 200, 404],
    [{ edition: "suite", identityAt: "host" }, 404, 200],
    [{ edition: "cloud" }, 200, 400],
  ])(
    "%p: the Identity service answers %p at the organization's address, %p at the host's",
    async (options, own, host) => {
      await open(options);
      const headers = json(await token());
      expect((await send("GET", `/acme/identity_${reading}`, { headers })).status).toBe(own);
      expect((await send("GET", `/identity_${reading}`, { headers })).status).toBe(host);
    },
  );

  it("shows the portal's page where the Identity service is not", async () => {
    await open({ identityAt: "host", identityElsewhere: "page" });
    const { status, body } = await send("GET", `/acme/identity_${reading}`, { headers: json(await token()) });
    expect({ status, body }).toEqual({ status: 200, body: expect.stringContaining("<!doctype html>") });
  });

  it("lets applications at no organization's mail where that is the host administrator's", async () => {
    await open({ partitionNeedsHost: true });
    const { status } = await send("GET", `/acme/identity_${reading}`, { headers: json(await token()) });
    expect(status).toBe(403);
  });

  it("has no UpdateBulk", async () => {
    await open({ updateBulk: false });
    const path = `${settings}/UiPath.Server.Configuration.OData.UpdateBulk`;
    expect(await send("POST", path, { headers: json(await token()), body: bulk })).toMatchObject({
      status: 404,
      body: { errorCode: 0 },
    });
  });

  it("knows no mail settings of tenants", async () => {
    await open({ tenantMail: "absent" });
    const headers = json(await token());
    const { body } = await send("GET", settings, { headers });
    const names = (body as { value: { Name: string }[] }).value.map(({ Name }) => Name);
    expect(names).toContain("Alerts.Email.Enabled");
    expect(names).not.toContain("Abp.Net.Mail.Smtp.Host");
    const path = `${settings}/UiPath.Server.Configuration.OData.UpdateBulk`;
    expect(await send("POST", path, { headers, body: bulk })).toMatchObject({ status: 404, body: { errorCode: 1002 } });
  });

  it("keeps a tenant's mail settings and sends no alert by them", async () => {
    await open({ edition: "cloud" });
    const path = `${settings}/UiPath.Server.Configuration.OData.UpdateBulk`;
    await send("POST", path, { headers: json(await token()), body: bulk });
    expect(await simulated!.simulator.interventions!["raise-alert"]!({})).toEqual({
      sent: false,
      why: "there are no mail settings by which alerts leave",
    });
  });
});
