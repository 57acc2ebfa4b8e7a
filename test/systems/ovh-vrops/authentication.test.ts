import { systemClock } from "../../../lib/core/clock";
import { closeWorlds, created, read, refusal, SERVICE, startWorld, type World } from "./support";

afterEach(closeWorlds);
const signal = new AbortController().signal;
const look = (world: World, client = world.client) => client.vrops(SERVICE, signal);
const CREDENTIAL = {
  application_key: "sandbox-application-key",
  application_secret: "sandbox-application-secret",
  consumer_key: "sandbox-consumer-key",
};

test("signed requests are accepted, also those with a body", async () => {
  const world = await startWorld();
  expect((await look(world)).state).toBe("enabled");
  expect((await created(world, { description: "été ☂" })).state).toBe("delivered");
});

test("a machine whose clock is ten minutes slow does no harm", async () => {
  const clock = { ...systemClock, now: () => Date.now() - 600_000 };
  const world = await startWorld({ clock });
  expect((await look(world)).state).toBe("enabled");
  // The first was signed before the server's time was known, and refused.
  expect(world.requests.filter((line) => line.endsWith("/vrops"))).toHaveLength(2);
  expect((await created(world)).state).toBe("delivered");
  expect(world.requests.filter((line) => line.startsWith("POST "))).toHaveLength(1);
  expect(world.requests.filter((line) => line === "GET /1.0/auth/time")).toHaveLength(1);
});

test("the server's time that was asked for in advance is not asked for again", async () => {
  const world = await startWorld();
  world.client.prepare();
  while (world.requests.length === 0) await new Promise(setImmediate);
  await look(world);
  expect(world.requests.filter((line) => line === "GET /1.0/auth/time")).toHaveLength(1);
});

test("a clock that is set during the run is noticed, once", async () => {
  let shift = 0;
  const world = await startWorld({ clock: { ...systemClock, now: () => Date.now() + shift } });
  await look(world);
  shift = 3_600_000;
  expect((await look(world)).state).toBe("enabled");
  expect(world.requests.filter((line) => line === "GET /1.0/auth/time")).toHaveLength(2);
});

test.each([
  ["application_secret", "ovh/signature-refused"],
  ["application_key", "ovh/application-key-refused"],
  ["consumer_key", "ovh/consumer-key-refused"],
])("a wrong %s is called by its name, with the request id and without the secret", async (key, code) => {
  const world = await startWorld();
  const endpoint = `${world.url}/1.0`;
  const client = world.reconnect({ ...CREDENTIAL, endpoint, [key]: "wrong-but-secret" });
  const problem = await refusal(look(world, client));
  expect(problem.code).toBe(code);
  expect(problem.evidence).toMatch(/request id SB\.ext-1\./);
  expect(JSON.stringify(problem)).not.toContain("wrong-but-secret");
});

test("a call that the consumer key does not allow lists the rules that are needed", async () => {
  const world = await startWorld({ ovh: { access_rules: ["GET /dedicatedCloud/*/vrops"] } });
  await look(world);
  const problem = await refusal(read(world, { service_name: SERVICE, flow_id: 1 } as never));
  expect(problem).toMatchObject({
    code: "ovh/call-not-granted",
    summary: `The consumer key does not allow GET /dedicatedCloud/${SERVICE}/vrops/outgoingFlow; could not list the flows of ${SERVICE}`,
    expected: expect.stringContaining("DELETE /dedicatedCloud/*/vrops/outgoingFlow/*"),
  });
});

describe("service accounts", () => {
  const account = (world: { url: string }, changes = {}) => ({
    endpoint: `${world.url}/1.0`,
    token_url: `${world.url}/auth/oauth2/token`,
    client_id: "sandbox-client-id",
    client_secret: "sandbox-client-secret",
    ...changes,
  });
  const startAccount = (ovh = {}) => startWorld({ ovh, settings: { access_token: "abcd" }, environment: {} });
  const tokens = (world: World) => world.requests.filter((line) => line === "POST /auth/oauth2/token").length;

  test("one token serves many requests at once", async () => {
    const world = await startAccount();
    const client = world.reconnect(account(world));
    await Promise.all(Array.from({ length: 20 }, () => look(world, client)));
    expect(tokens(world)).toBe(1);
  });

  test("a token that was revoked is replaced", async () => {
    const world = await startAccount();
    const client = world.reconnect(account(world));
    await look(world, client);
    world.intervene("revoke-tokens");
    await Promise.all([look(world, client), look(world, client), look(world, client)]);
    expect(tokens(world)).toBe(2);
  });

  test("a wrong secret is refused in words", async () => {
    const world = await startAccount();
    const client = world.reconnect(account(world, { client_secret: "not-the-secret" }));
    expect(await refusal(look(world, client))).toMatchObject({
      code: "ovh/service-account-refused",
      evidence: expect.stringMatching(
        /^400 \(request id SB\S+\) invalid_client ovhcloud oauth2 client does not exists/,
      ),
    });
  });

  test("a policy that lacks an action is told which", async () => {
    const world = await startAccount({ actions: ["pccVMware:apiovh:task/get"] });
    const client = world.reconnect(account(world));
    expect(await refusal(look(world, client))).toMatchObject({
      code: "ovh/action-not-granted",
      summary: `The account's policy does not allow pccVMware:apiovh:vrops/get; could not read the vROps of ${SERVICE}`,
    });
  });

  test("a ready-made token that has expired cannot be renewed", async () => {
    const world = await startAccount();
    const client = world.reconnect({ endpoint: `${world.url}/1.0`, access_token: "expired-token" });
    expect(await refusal(look(world, client))).toMatchObject({
      code: "ovh/token-refused",
      path: ["ovh", "access_token"],
    });
  });

  test("a ready-made token works", async () => {
    const world = await startAccount();
    const client = world.reconnect({ endpoint: `${world.url}/1.0`, access_token: "sandbox-access-token" });
    expect((await look(world, client)).state).toBe("enabled");
  });
});

test("an address that is no OVHcloud API is not taken for a missing service", async () => {
  const world = await startWorld();
  const client = world.reconnect({ ...CREDENTIAL, endpoint: `${world.url}/nowhere/v1` });
  expect(await refusal(look(world, client))).toMatchObject({ code: "ovh/wrong-route" });
});
