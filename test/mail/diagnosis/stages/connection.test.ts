import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, Socket, type AddressInfo, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { systemClock, type Clock } from "../../../../lib/core/clock";
import { ProblemError } from "../../../../lib/core/problem";
import { connectToAny, judgeAttempts } from "../../../../lib/mail/diagnosis/stages/connection";
import { Deadline } from "../../../../lib/mail/wire/deadline";
import { explainConnect } from "../../../../lib/mail/diagnosis/explain";
import { mailTarget } from "../../../support/mail-runtime";

const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === "::1"));
const servers: Server[] = [];
const children: ChildProcess[] = [];
const fillers: Socket[] = [];
afterEach(async () => {
  for (const socket of fillers.splice(0)) socket.destroy();
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(...where: (string | number)[]): Promise<number> {
  let port = where.find((each) => typeof each === "number") ?? 0;
  for (const address of where.filter((each) => typeof each === "string")) {
    const server = createServer((socket) => void socket.on("error", () => undefined).resume());
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, address, resolve));
    port = (server.address() as AddressInfo).port;
    servers.push(server);
  }
  return port;
}

/** A port whose queue of connections is full: to the next one, nobody answers. */
async function listenWithoutAccepting(address: string): Promise<{ port: number }> {
  const script = `const s = require("node:net").createServer().listen({ port: 0, host: "${address}", backlog: 1 }, () =>
    process.stdout.write(String(s.address().port)));`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const port = Number(await new Promise<string>((resolve) => child.stdout.once("data", (data) => resolve(`${data}`))));
  child.kill("SIGSTOP");
  for (let queued = 0; queued < 2; queued++) {
    const socket = connect(port, address);
    fillers.push(socket.on("error", () => undefined));
    await once(socket, "connect").catch(() => undefined);
  }
  return { port };
}

async function connected(addresses: readonly string[], port: number, clock: Clock = systemClock) {
  const deadline = new Deadline(clock, 20_000, new AbortController().signal);
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

// What a full queue does to the next connection is the kernel's own affair; this is Linux.
(process.platform === "linux" ? describe : describe.skip)("an address that never answers (needs Linux)", () => {
  it("does not hold up the others for long once one has answered", async () => {
    const stalled = await listenWithoutAccepting("127.0.0.2");
    const port = await listen("127.0.0.1", stalled.port);
    // What the others get is over at once; what a connection may take is not.
    const asked: number[] = [];
    const clock: Clock = {
      now: systemClock.now,
      sleep: (ms, signal) => {
        asked.push(ms);
        return systemClock.sleep(ms < 10_000 ? 20 : ms, signal);
      },
    };
    const { value, warning } = await connected(["127.0.0.2", "127.0.0.1"], port, clock);
    expect(value.ip).toBe("127.0.0.1");
    expect(asked).toContain(3_000);
    expect(warning).toMatchObject({ code: "mail/some-addresses-failed" });
    expect(warning!.summary).toContain(`127.0.0.2:${port} did not answer within 3000 ms`);
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
