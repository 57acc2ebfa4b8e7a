import { request as forward } from "node:http";
import { createServer, globalAgent, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import makeClient from "ovh";
import { Authority } from "../../../lib/mail/server/certificates";
import { createOvhSimulator } from "../../../lib/systems/ovh-vrops/simulator";
import { ACCESS_RULES } from "../../../lib/systems/ovh-vrops/access-rules";
import { startSimulated, type Simulated } from "../../support/simulated";

const SERVICE = "/dedicatedCloud/pcc-192-0-2-10";
const FLOWS = `${SERVICE}/vrops/outgoingFlow`;
const KEYS = { appKey: "sandbox-application-key", appSecret: "sandbox-application-secret" };

interface Credential {
  readonly consumerKey: string;
  readonly state: string;
  readonly validationUrl: string;
}

/** OVHcloud's own client for Node.js (npm `ovh`) is the judge of the simulator: it speaks TLS only, and signs without the port. */
describe("the simulated OVHcloud, judged by OVHcloud's own client", () => {
  const authority = Authority.create("Test CA");
  let simulated: Simulated;
  let front: Server;
  let place: { readonly host: string; readonly port: number };

  beforeEach(async () => {
    simulated = await startSimulated(createOvhSimulator, { options: { ovh: { taskMilliseconds: 3 } } });
    front = await inFrontOf(simulated.url, authority);
    place = { host: "localhost", port: (front.address() as AddressInfo).port };
    globalAgent.options.ca = authority.pem;
  });
  afterEach(async () => {
    delete globalAgent.options.ca;
    globalAgent.destroy();
    await new Promise((closed) => front.close(closed));
    await simulated.close();
  });

  const clientWith = (consumerKey?: string) => makeClient({ ...KEYS, ...place, ...(consumerKey && { consumerKey }) });
  const asked = async (accessRules: readonly object[], more: object = {}) =>
    (await clientWith().requestPromised("POST", "/auth/credential", { accessRules, ...more })) as Credential;
  const decide = (url: string, form: Record<string, string>) =>
    fetch(url.replace("https:", "http:").replace(/localhost:\d+/, new URL(simulated.url).host), {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams(form),
    });
  const RULES = ACCESS_RULES.map((rule) => rule.split(" ")).map(([method, path]) => ({ method, path }));

  it("gets a consumer key that its owner validates, opens a flow with it, and closes it", async () => {
    const { consumerKey, state, validationUrl } = await asked(RULES);
    expect(state).toBe("pendingValidation");
    expect(validationUrl).toMatch(/^https:\/\/localhost:\d+\/auth\/\?credentialToken=\w+$/);
    const client = clientWith(consumerKey);
    const invalid = { error: 403, message: "This credential is not valid" };
    await expect(client.requestPromised("GET", FLOWS)).rejects.toEqual(invalid);

    expect((await decide(validationUrl, { decision: "validate", validity: "7 days" })).status).toBe(200);
    expect(await client.requestPromised("GET", FLOWS)).toEqual([]);
    const order = { ip: "203.0.113.25", servicePort: 587, description: "Relais SMTP été" };
    const task = (await client.requestPromised("POST", FLOWS, order)) as { taskId: number };
    for (let state = ""; state !== "done";) {
      ({ state } = (await client.requestPromised("GET", `${SERVICE}/task/${task.taskId}`)) as { state: string });
    }
    const [id] = (await client.requestPromised("GET", FLOWS)) as number[];
    expect(await client.requestPromised("GET", `${FLOWS}/${id}`)).toEqual({
      outgoingFlowId: id,
      ...order,
      state: "delivered",
    });
    expect(await client.requestPromised("DELETE", `${FLOWS}/${id}`)).toMatchObject({ state: "todo" });
  });

  it("is granted what its owner has granted, and nothing else", async () => {
    const { consumerKey, validationUrl } = await asked([{ method: "GET", path: "/dedicatedCloud*" }]);
    await decide(validationUrl, { decision: "validate" });
    const client = clientWith(consumerKey);
    expect(await client.requestPromised("GET", "/dedicatedCloud")).toEqual(["pcc-192-0-2-10"]);
    const refused = { error: 403, message: "This call has not been granted" };
    await expect(client.requestPromised("GET", "/me")).rejects.toEqual(refused);
    await expect(client.requestPromised("POST", FLOWS, { ip: "203.0.113.25", servicePort: 587 })).rejects.toEqual(
      refused,
    );
  });

  it.each([
    ["refused by its owner", { decision: "refuse" }],
    ["validated for a time that is over", { decision: "validate", validity: "1 day" }, 86_400_000],
  ])("gets nothing by a consumer key that was %s", async (_, form, later = 0) => {
    const { consumerKey, validationUrl } = await asked(RULES);
    await decide(validationUrl, form);
    jest.spyOn(Date, "now").mockReturnValue(Date.now() + later);
    const invalid = { error: 403, message: "This credential is not valid" };
    await expect(clientWith(consumerKey).requestPromised("GET", FLOWS)).rejects.toEqual(invalid);
    jest.restoreAllMocks();
  });

  it("sends the owner back to where the application wants him", async () => {
    const { validationUrl } = await asked(RULES, { redirection: "https://tool.example.com/done?a=b" });
    const answer = await decide(validationUrl, { decision: "validate" });
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "https://tool.example.com/done?a=b"]);
    // A decision is made once.
    expect((await decide(validationUrl, { decision: "refuse" })).status).toBe(404);
  });

  it("shows the owner what is asked for, and does not believe what it says", async () => {
    const { validationUrl } = await asked([{ method: "GET", path: "/<script>alert(1)</script>" }]);
    const page = await (await fetch(`${simulated.url}/auth/${new URL(validationUrl).search}`)).text();
    expect(page).toContain("GET /&lt;script&gt;");
    expect(page).toContain("Authorize access");
    expect((await fetch(`${simulated.url}/auth/?credentialToken=unknown`)).status).toBe(404);
  });

  it.each([
    ["without rules", {}, /^\[accessRules\] Missing required parameter/],
    [
      "for a method that there is not",
      { accessRules: [{ method: "LOOK", path: "/me" }] },
      /^\[accessRules\] Given data/,
    ],
  ])("is refused a consumer key %s", async (_, body, message) => {
    await expect(clientWith().requestPromised("POST", "/auth/credential", body)).rejects.toMatchObject({
      error: 400,
      message: expect.stringMatching(message) as string,
    });
  });

  it("never signs what begins with /auth, so its own rights are not for it to see", async () => {
    const missing = { error: 403, message: "You must login first" };
    const client = clientWith("sandbox-consumer-key");
    await expect(client.requestPromised("GET", "/auth/currentCredential")).rejects.toEqual(missing);
    expect(await client.requestPromised("GET", "/auth/time")).toBeGreaterThan(1_700_000_000);
    expect(await client.requestPromised("GET", "/me")).toMatchObject({ nichandle: "xx11111-ovh" });
  });

  it("refuses a wrong application key and a wrong secret by their names", async () => {
    const stranger = makeClient({ ...KEYS, ...place, appKey: "other", consumerKey: "sandbox-consumer-key" });
    const message = "This application key is invalid";
    await expect(stranger.requestPromised("GET", FLOWS)).rejects.toEqual({ error: 403, message });
    await expect(stranger.requestPromised("POST", "/auth/credential", { accessRules: RULES })).rejects.toEqual({
      error: 403,
      message,
    });
    const forger = makeClient({ ...KEYS, ...place, appSecret: "other", consumerKey: "sandbox-consumer-key" });
    await expect(forger.requestPromised("GET", FLOWS)).rejects.toEqual({ error: 400, message: "Invalid signature" });
  });
});

/** Ends TLS, and says what it has ended. */
async function inFrontOf(url: string, authority: Authority): Promise<Server> {
  const { certificate: cert, key } = authority.issue({ name: "localhost", hosts: ["localhost"] });
  const server = createServer({ cert, key }, (request, response) => {
    const headers = { ...request.headers, "x-forwarded-proto": "https" };
    const onward = forward(url + request.url, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  return server;
}
