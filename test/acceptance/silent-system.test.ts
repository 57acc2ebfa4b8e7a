import { once } from "node:events";
import net from "node:net";
import type { AddressInfo } from "node:net";
import { Terraform, words } from "./support/terraform";

/** A system that accepts connections and never answers: what it costs, and what is said of it. */

let server: net.Server;
let requests: number;
let terraform: Terraform;
const sockets = new Set<net.Socket>();

beforeEach(async () => {
  requests = 0;
  server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("data", () => requests++).on("error", () => undefined);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
});

afterEach(() => {
  terraform?.remove();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server.close();
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const DATA = `data "outbound_uptrends_integration" "this" {
  name = "On-call"
}`;
const FLOW = `resource "outbound_ovh_vrops_flow" "this" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
}`;

/** What a plan says, and how often the system was asked. */
async function planned(config: string, environment: Record<string, string> = {}) {
  const logins = { UPTRENDS_URL: address(), UPTRENDS_USERNAME: "user", UPTRENDS_PASSWORD: "password-of-the-test" };
  const ovh = { OVH_ENDPOINT: `${address()}/1.0`, OVH_ACCESS_TOKEN: "token-of-the-test" };
  terraform = new Terraform({ ...logins, ...ovh, ...environment }, "started");
  terraform.write(config);
  await terraform.init();
  const { code, output } = await terraform.tryPlan();
  return { code, said: words(output), requests };
}

describe("a system that never answers", () => {
  it("fails within `http_timeout`, naming the system, the attempts and what to raise", async () => {
    const { code, said, requests } = await planned(`provider "outbound" {
  http_timeout = "300ms"
  max_retries  = 1
}
${DATA}`);
    expect(code).toBe(1);
    expect(said).toContain("Uptrends could not be reached");
    expect(said).toContain("no answer within 0.3 s (attempt 2 of 2)");
    expect(said).toContain(
      "raise `http_timeout` in the provider block (`uptrends.http_timeout` for this system alone)",
    );
    expect(said).toContain("UPTRENDS_HTTP_TIMEOUT");
    expect(requests).toBe(2);
  }, 60_000);

  it("is asked as its own block and its own variable say", async () => {
    const { said, requests } = await planned(
      `provider "outbound" {
  max_retries = 5
  uptrends    = { max_retries = 0 }
}
${DATA}`,
      { OUTBOUND_HTTP_TIMEOUT: "1h", UPTRENDS_HTTP_TIMEOUT: "200ms" },
    );
    expect(said).toContain("no answer within 0.2 s (attempt 1 of 1)");
    expect(requests).toBe(1);
  }, 60_000);

  it("is given up when the `timeouts` of what asks are over", async () => {
    const { code, said } = await planned(DATA.replace("}", '  timeouts = { read = "300ms" }\n}'));
    expect(code).toBe(1);
    expect(said).toContain("It took too long to read outbound_uptrends_integration");
    expect(said).toContain("raise the value in `timeouts`");
  }, 60_000);

  it("is a warning of a plan that creates, after the time of a read", async () => {
    const { code, said } = await planned(FLOW.replace(/}$/, '  timeouts     = { read = "300ms" }\n}'));
    expect(code).toBe(0);
    expect(said).toContain("OVHcloud API could not be asked whether it accepts the login");
    expect(said).toContain("was given up before OVHcloud answered");
  }, 60_000);
});

it.each([
  ['http_timeout = "30"', '"30" is not a duration'],
  ['http_timeout = "2h"', "at most 1h"],
  ["max_retries = 1.5", "a whole number from 0 to 10"],
  ["max_retries = 11", "a whole number from 0 to 10"],
  ["uptrends = { max_retries = -1 }", "a whole number from 0 to 10"],
])(
  "a plan with %s says what it may be, and asks nobody",
  async (setting, expected) => {
    const { code, said, requests } = await planned(`provider "outbound" {\n  ${setting}\n}\n${DATA}`);
    expect(code).toBe(1);
    expect(said).toContain(expected);
    expect(requests).toBe(0);
  },
  60_000,
);
