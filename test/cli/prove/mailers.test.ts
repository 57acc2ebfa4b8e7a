import type { Chain } from "../../../lib/cli/prove/chain";
import { chainsOfMailers } from "../../../lib/cli/prove/mailers";
import type { Mailer } from "../../../lib/topology";

const mailer = (more: Partial<Mailer> = {}): Mailer => ({
  kind: "mailer",
  address: "outbound_vrops_email_plugin.prod",
  system: "vrops",
  title: "vROps",
  name: "Prod SMTP",
  id: "1",
  enabled: true,
  smtp: { host: "smtp.example.com", port: 587, security: "starttls", sender: "alerts@example.com", login: true },
  ...more,
});
const tested = (smtp_host: string, smtp_port: number): Chain => ({
  address: "outbound_test_email.test",
  test: { title: "t", kind: "probe", directory: ".", values: { smtp_host, smtp_port } },
  leftOut: [],
});
const chains = (mailers: Mailer[], tests: Chain[] = []) => chainsOfMailers({ mailers }, tests, "/stack");

it("walks a server that no test covers as far as the encrypted greeting, and says what it leaves out", () => {
  const [chain, ...others] = chains([mailer()]);
  expect(others).toEqual([]);
  expect(chain).toMatchObject({
    address: "outbound_vrops_email_plugin.prod",
    elsewhere: true,
    lastStage: "EHLO over TLS",
    test: { kind: "probe", values: { smtp_host: "smtp.example.com", smtp_port: 587, security: "starttls" } },
    leftOut: [expect.stringContaining("login, sender and receivers are left out") as string],
  });
  expect(JSON.stringify(chain)).not.toContain("username");
});

it.each([
  ["tls", "EHLO"],
  ["none", "EHLO"],
] as const)("with %s it ends after %s", (security, lastStage) => {
  const smtp = { ...mailer().smtp!, security };
  expect(chains([mailer({ smtp })])[0]!.lastStage).toBe(lastStage);
});

it("does not walk what a test walks already, another port is another server", () => {
  expect(chains([mailer()], [tested("smtp.example.com", 587)])).toEqual([]);
  expect(chains([mailer()], [tested("smtp.example.com", 465)])).toHaveLength(1);
});

it("looks once at a server that several settings name", () => {
  expect(chains([mailer(), mailer({ address: "outbound_vrops_email_plugin.second" })])).toHaveLength(1);
});

it("passes over what sends nothing, has no server, or has one that only an apply tells", () => {
  const { smtp: _, ...without } = mailer();
  const unknown = { ...mailer().smtp!, host: undefined };
  expect(chains([mailer({ enabled: false }), without, mailer({ smtp: unknown })])).toEqual([]);
});
