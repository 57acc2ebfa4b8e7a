import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { rawClients, type RawClients } from "./raw-clients";

/** What a program says of itself rather than a vendor of its objects. */
const FRAMEWORK = /fastify|FST_|express|find-my-way|WebError|SyntaxError|TypeError|JSON at position|not JSON|is empty/i;

let sandbox: Sandbox;
let clients: RawClients;
beforeAll(async () => {
  sandbox = await startSandbox();
  clients = await rawClients(sandbox);
});
afterAll(() => sandbox.close());

const UNKNOWN = "e06bcd76-b20f-42de-a2d4-5b2a4daad902";

it.each([
  ["ovh", "/4711", 404],
  ["vrops", `/alertplugins/${UNKNOWN}`, 400],
  ["uipath", "/Webhooks(4711)", 404],
  ["uptrends", `/AlertDefinition/${UNKNOWN}`, 404],
  ["alertops", "/4711", 404],
] as const)(
  "%s says that there is no such object where a DELETE names a type and has no body",
  async (name, path, absent) => {
    const { status, body } = await clients[name]("DELETE", path);
    expect(status).toBe(absent);
    expect(JSON.stringify(body)).not.toMatch(FRAMEWORK);
  },
);

it.each([
  ["ovh", ""],
  ["vrops", "/alertplugins"],
  ["uipath", "/Webhooks"],
  ["uptrends", "/AlertDefinition"],
  ["alertops", ""],
] as const)("%s refuses a creation without a body in its own words", async (name, path) => {
  const { status, body } = await clients[name]("POST", path);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(JSON.stringify(body)).not.toMatch(FRAMEWORK);
});
