import { openRoom, problemOf, runtimeWith, type Room } from "./room";
import { connectSystem } from "../../../lib/systems/kit/connect";
import { vrops } from "../../../lib/systems/vrops";

const signal = new AbortController().signal;

describe("logging in to vROps", () => {
  let room: Room;
  afterEach(() => room?.close());

  it("says that name or password is wrong, and never asks again in the same run", async () => {
    room = await openRoom({ settings: { password: "wrong password" } });
    const first = await problemOf(room.client.plugins.objects.list(signal));
    const second = await problemOf(room.client.rules.objects.list(signal));
    expect(first.code).toBe("vrops/login-refused");
    expect(second).toEqual(first);
    expect(first.evidence).toContain("The provided username/password or token is not valid");
    expect(room.state().tokens).toMatchObject({ logins: 1, refusedLogins: 1 });
  });

  it("asks for a local service account when vROps answers with a page", async () => {
    room = await openRoom({ settings: { auth_source: "VCF SSO" } });
    const problem = await problemOf(room.client.plugins.objects.list(signal));
    expect(problem.code).toBe("vrops/login-not-by-password");
    expect(problem.fix).toContain("local service account");
    expect(problem.evidence).toBe("401 Error Not Authorized");
  });

  it("logs in once for many concurrent requests", async () => {
    room = await openRoom();
    await Promise.all(Array.from({ length: 25 }, () => room.client.release(signal)));
    expect(room.state().tokens.logins).toBe(1);
  });

  it("renews an expired token once for all who are refused with it", async () => {
    room = await openRoom();
    await room.client.release(signal);
    room.intervene("expire-tokens");
    const names = await Promise.all(Array.from({ length: 8 }, () => room.client.release(signal)));
    expect(new Set(names)).toEqual(new Set(["VCF Operations 9.1.0.0"]));
    expect(room.state().tokens.logins).toBe(2);
  });

  it("keeps a token alive by using it, and renews one left unused too long", async () => {
    let now = 1_000_000;
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    room = await openRoom({ clock, vrops: { tokenMinutes: 60 } });
    for (let call = 0; call < 4; call++) {
      await room.client.release(signal);
      now += 59 * 60_000;
    }
    expect(room.state().tokens.logins).toBe(1);
    now += 2 * 60_000;
    await room.client.release(signal);
    expect(room.state().tokens.logins).toBe(2);
  });

  it("masks password and token wherever text passes the redactor", async () => {
    let token = "";
    room = await openRoom({
      prepare: (app) =>
        void app.addHook("onRequest", async (incoming) => {
          token = incoming.headers.authorization?.split(" ")[1] ?? token;
        }),
    });
    await room.client.release(signal);
    expect(token).toMatch(/^[0-9a-f-]{36}::[0-9a-f-]{36}$/);
    expect(room.redactor.redact(`${token} and sandbox-vrops-password`)).toBe("(redacted) and (redacted)");
  });
});

describe("the settings of vROps", () => {
  const connect = (settings: Record<string, string>, environment: Record<string, string> = {}) =>
    connectSystem(vrops, settings, runtimeWith(environment));

  it("names attribute and variable of what is missing", async () => {
    const problem = await problemOf(connect({ url: "https://vrops.example.com" }, { VROPS_USERNAME: "svc" }));
    expect(problem).toMatchObject({ code: "vrops/missing-setting", path: ["vrops", "password"] });
    expect(problem.expected).toContain("VROPS_PASSWORD");
  });

  it.each(["vrops.example.com", "vrops.example.com:443", "http://vrops.example.com", "ftp://vrops.example.com"])(
    "refuses %s and writes the address out",
    async (url) => {
      const problem = await problemOf(connect({ url, username: "svc", password: "secret" }));
      expect(problem.code).toBe("vrops/bad-url");
      expect(problem.fix).toContain('"https://vrops.example.com');
    },
  );

  it("refuses a CA file that is not there", async () => {
    const settings = { url: "https://vrops.example.com", username: "svc", password: "secret" };
    const problem = await problemOf(connect({ ...settings, ca_certificate: "ca.pem" }));
    expect(problem).toMatchObject({ code: "vrops/unreadable-ca", got: '"ca.pem": no such file' });
  });

  it.each(["", "/", "/suite-api", "/suite-api/", "/suite-api/api", "/ui/index.action"])(
    "finds the API when the address ends in %p",
    async (ending) => {
      const room = await openRoom();
      try {
        const client = await connect(
          { url: room.simulated.url + ending },
          { VROPS_USERNAME: "admin", VROPS_PASSWORD: "sandbox-vrops-password" },
        );
        await expect(client.release(signal)).resolves.toBe("VCF Operations 9.1.0.0");
      } finally {
        await room.close();
      }
    },
  );
});
