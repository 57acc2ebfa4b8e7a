import { startSandbox, type Sandbox } from "../../../lib/sandbox";
import { ksaar } from "../../../lib/systems/ksaar";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ systems: [ksaar] });
});
afterAll(() => sandbox.close());

function entered(changes: Record<string, unknown> = {}) {
  const { startTls, user, password, ca } = sandbox.mail;
  const connection = {
    name: "Alertes",
    sender: "alerts@example.com",
    host: startTls.host,
    port: startTls.port,
    authentication: "LOGIN",
    user,
    password,
    secure: false,
    ca,
    ...changes,
  };
  return sandbox.intervene("ksaar", "enter-connection", connection);
}

it("sends by what a person has entered, by the default connection where none is named", async () => {
  await entered();
  await entered({ name: "Marketing", sender: "news@example.com" });
  await sandbox.intervene("ksaar", "send-mail", { to: "oncall@example.com", subject: "Alerte", text: "!" });
  expect(sandbox.inbox.messages.at(-1)).toMatchObject({ from: "alerts@example.com", subject: "Alerte" });
});

it("says yes or no to a test of the connection, and not why", async () => {
  await entered({ name: "Faux", password: "wrong" });
  expect(await sandbox.intervene("ksaar", "test-connection", { name: "Alertes" })).toMatchObject({ success: true });
  expect(await sandbox.intervene("ksaar", "test-connection", { name: "Faux" })).toMatchObject({ success: false });
});

it("has one default connection, whatever is entered", async () => {
  await entered({ name: "Marketing", default: true });
  const { connections } = sandbox.state().systems["ksaar"] as { connections: { name: string; default: boolean }[] };
  expect(connections.filter((one) => one.default).map(({ name }) => name)).toEqual(["Marketing"]);
});

it("shows no password, and its API knows nothing of SMTP", async () => {
  const page = await (await fetch(sandbox.urls["ksaar"]!)).text();
  expect(page).toContain("Alertes");
  expect(page + JSON.stringify(sandbox.state())).not.toContain(sandbox.mail.password);
  const answer = await fetch(`${sandbox.urls["ksaar"]}/v1/smtp`);
  expect([answer.status, await answer.json()]).toEqual([404, { message: "Cannot GET /v1/smtp" }]);
});

it("refuses what its screen would not take", async () => {
  await expect(entered({ port: 26 })).rejects.toThrow();
});
