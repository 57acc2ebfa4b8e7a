import { createServer, type AddressInfo, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { systemClock } from "../../lib/core/clock";
import { ProblemError } from "../../lib/core/problem";
import { connectToAny, judgeAttempts } from "../../lib/mail/connect";
import { Deadline } from "../../lib/mail/deadline";
import { explainConnect } from "../../lib/mail/diagnose";
import { Socket } from "node:net";
import { mailTarget } from "../support/mail-runtime";

const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === "::1"));
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(...addresses: string[]): Promise<number> {
  let port = 0;
  for (const address of addresses) {
    const server = createServer((socket) => void socket.on("error", () => undefined).resume());
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, address, resolve));
    port = (server.address() as AddressInfo).port;
    servers.push(server);
  }
  return port;
}

async function connected(addresses: readonly string[], port: number) {
  const deadline = new Deadline(systemClock, 10_000, new AbortController().signal);
  const seen = await connectToAny(addresses, mailTarget(port, { host: "smtp.example.com" }), deadline);
  seen.value.socket.destroy();
  return seen;
}

it("says how many of the other addresses answer too", async () => {
  const port = await listen("127.0.0.1", "127.0.0.2");
  const { detail, warning } = await connected(["127.0.0.1", "127.0.0.2"], port);
  expect(detail).toBe(`connected to 127.0.0.1:${port}, 1 of 1 other addresses answer too`);
  expect(warning).toBeUndefined();
});

it("warns of one dead address among living ones of its family", async () => {
  const port = await listen("127.0.0.1");
  const { value, warning } = await connected(["127.0.0.99", "127.0.0.1"], port);
  expect(value.ip).toBe("127.0.0.1");
  expect(warning).toMatchObject({ code: "mail/some-addresses-failed" });
});

it("fails when no address answers, and names them all", async () => {
  const port = await listen("127.0.0.1");
  const failure = await connected(["127.0.0.98", "127.0.0.99"], port).catch((error: unknown) => error);
  const [problem] = (failure as ProblemError).problems;
  expect(problem!.summary).toMatch(/127\.0\.0\.98:.*; 127\.0\.0\.99:/);
});

// Where a machine has no IPv6 at all, there is nothing on which one family could be dead and the other alive.
(hasIPv6 ? describe : describe.skip)("a host with both families (needs IPv6 on the loopback interface)", () => {
  it("warns of dead IPv6, and goes on by IPv4", async () => {
    const port = await listen("127.0.0.1");
    const { value, detail, warning } = await connected(["::1", "127.0.0.1"], port);
    expect(value.ip).toBe("127.0.0.1");
    expect(warning).toMatchObject({ code: "mail/address-family-dead", severity: "warning" });
    expect(warning!.summary).toMatch(/^the server answers by IPv4, and by IPv6 not at all: \[::1\]:\d+ refused/);
    expect(warning!.fix).toMatch(/AAAA records.*try IPv6 first wait/);
    expect(detail).toContain("[::1]");
  });

  it("warns of dead IPv4, and goes on by IPv6", async () => {
    const port = await listen("::1");
    const { value, warning } = await connected(["127.0.0.1", "::1"], port);
    expect(value.ip).toBe("::1");
    expect(warning!.fix).toMatch(/take its A records/);
  });
});

describe("addresses that failed", () => {
  const attempt = (ip: string, code?: string) => {
    if (code === undefined) return { ip, socket: new Socket() };
    const error = Object.assign(new Error(code), { code });
    return { ip, error, problem: explainConnect(error, ip, 25, undefined) };
  };

  it("are no fault of the server where this machine lacks the family", () => {
    const warning = judgeAttempts([attempt("192.0.2.1"), attempt("2001:db8::1", "ENETUNREACH")])!;
    expect(warning).toMatchObject({ code: "mail/address-family-not-here", severity: "warning" });
    expect(warning.summary).toContain("this machine has no IPv6");
  });

  it("are a dead family only when all of it failed", () => {
    const attempts = [attempt("192.0.2.1"), attempt("2001:db8::1", "ECONNREFUSED"), attempt("2001:db8::2")];
    expect(judgeAttempts(attempts)!.code).toBe("mail/some-addresses-failed");
  });

  it("are nothing to speak of when there are none", () => {
    expect(judgeAttempts([attempt("192.0.2.1"), attempt("2001:db8::1")])).toBeUndefined();
  });
});
