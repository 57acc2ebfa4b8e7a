import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { silentLogger } from "../../lib/core/log";
import { ProblemError, type Problem } from "../../lib/core/problem";
import { Redactor } from "../../lib/core/redaction";
import { Authority } from "../../lib/mail/server";
import { systems } from "../../lib/systems";
import { CA_FIELD, caVariable } from "../../lib/systems/kit/certificate-authority";
import { connectSystem } from "../../lib/systems/kit/connect";
import { tryLogin } from "../../lib/systems/kit/login";
import type { Runtime } from "../../lib/systems/kit/system";
import { systemClock } from "../../lib/core/clock";

/** An authority that nobody else knows, as companies have them. */
const authority = Authority.create("Example Private CA");
const LOGINS: Readonly<Record<string, Record<string, string>>> = {
  ovh: { OVH_ACCESS_TOKEN: "token" },
  vrops: { VROPS_USERNAME: "u", VROPS_PASSWORD: "p" },
  uipath: { UIPATH_CLIENT_ID: "id", UIPATH_CLIENT_SECRET: "secret", UIPATH_TENANT: "Default" },
  uptrends: { UPTRENDS_USERNAME: "u", UPTRENDS_PASSWORD: "p" },
  alertops: { ALERTOPS_API_KEY: "key" },
};

let server: Server;
let asked = 0;
let url: string;
beforeAll(async () => {
  const { key, certificate: cert } = authority.issue({ name: "127.0.0.1", hosts: ["127.0.0.1"] });
  server = createServer({ key, cert }, (_, response) => {
    asked++;
    response.writeHead(404, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => (asked = 0));

const withApi = systems.filter(({ settings }) => Object.keys(settings.attributes).length > 0);

it("every system with an API takes an authority, by attribute and by variable", () => {
  expect(withApi.map(({ name }) => name).sort()).toEqual(Object.keys(LOGINS).sort());
  for (const { name, settings } of withApi) {
    expect(Object.keys(settings.attributes)).toContain(CA_FIELD);
    expect(settings.environment[CA_FIELD]).toBe(caVariable(name));
  }
});

describe.each(withApi.map(({ name }) => name))("%s", (name) => {
  const system = systems.find((one) => one.name === name)!;

  /** What asking the server ends with. */
  async function ended(environment: Record<string, string>, block: Record<string, string> | null = null) {
    const address = name === "ovh" ? { OVH_ENDPOINT: `${url}/1.0` } : { [`${name.toUpperCase()}_URL`]: url };
    const runtime = {
      // Waits between attempts are over at once.
      clock: { now: () => systemClock.now(), sleep: async () => undefined },
      log: silentLogger,
      redactor: new Redactor(),
      random: () => 0,
      environment: { ...LOGINS[name], ...address, ...environment },
      homeDirectory: "/",
      workingDirectory: "/",
      readFile: (path: string) => (path === "/etc/ca.pem" ? authority.pem : undefined),
      userAgent: "test",
    } as unknown as Runtime;
    const signal = AbortSignal.timeout(10_000);
    const client = await connectSystem(system as never, block, runtime);
    const check = system.checkLogin as (client: unknown, signal: AbortSignal) => Promise<void>;
    // As a plan does before it creates something.
    return tryLogin(system, () => check(client, signal)).then(
      () => undefined,
      (error: unknown): Problem => {
        if (!(error instanceof ProblemError)) throw error;
        return error.problems[0]!;
      },
    );
  }

  it("says how an authority of one's own is told, where its certificate is not known", async () => {
    const problem = await ended({});
    expect(problem).toMatchObject({ code: "http/tls" });
    expect(problem!.fix).toContain(`\`${name}.${CA_FIELD}\``);
    expect(problem!.fix).toContain(caVariable(name));
    expect(problem!.fix).toContain("NODE_EXTRA_CA_CERTS");
    expect(asked).toBe(0);
  });

  it.each<[string, Record<string, string>, Record<string, string> | null]>([
    ["text in the variable", { [caVariable(name)]: authority.pem }, null],
    ["a path in the variable", { [caVariable(name)]: "/etc/ca.pem" }, null],
    ["a path in the block", {}, { [CA_FIELD]: "/etc/ca.pem" }],
  ])("trusts it by %s", async (_, environment, block) => {
    const problem = await ended(environment, block);
    expect(problem?.code).not.toBe("http/tls");
    expect(asked).toBeGreaterThan(0);
  });

  it("says that a file is not there before it asks anybody", async () => {
    await expect(ended({ [caVariable(name)]: "/nowhere.pem" })).rejects.toThrow(`${name}/unreadable-ca`);
    expect(asked).toBe(0);
  });
});
