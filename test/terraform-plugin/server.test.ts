import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { status } from "@grpc/grpc-js";
import { ProblemError } from "../../lib/core/problem";
import { Redactor } from "../../lib/core/redaction";
import { selfSignedCertificate } from "../../lib/terraform-plugin/certificate";
import { rpcs } from "../../lib/terraform-plugin/protocol";
import type { Call, ProviderService } from "../../lib/terraform-plugin/service";
import { serve, type ServeOptions } from "../../lib/terraform-plugin/server";
import { FakeHost, PluginClient, environment, parseHandshake, type ClientOptions } from "./plugin-client";

const NAMES = { name: "terraform-provider-lab", source: "registry.example.com/acme/lab" };

const opened: { host: FakeHost; leave?: () => void }[] = [];
const clients: PluginClient[] = [];

async function start(
  service: Parameters<typeof serve>[0] = {},
  options: Partial<ServeOptions> & { env?: Record<string, string | undefined>; platform?: string } = {},
) {
  const host = new FakeHost(environment(options.env), options.platform);
  const entry: (typeof opened)[number] = { host };
  opened.push(entry);
  const served = await serve(service, { ...NAMES, host, ...options });
  entry.leave = served?.leave;
  const line = host.written.stdout;
  const client = (clientOptions?: ClientOptions) => {
    const made = new PluginClient(line, clientOptions);
    clients.push(made);
    return made;
  };
  return { host, line, client, served: served! };
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const { host, leave } of opened.splice(0)) {
    if (!leave || host.exitCode !== undefined) continue;
    leave();
    host.elapse();
    await host.exited;
  }
});

/** A handler that tells when it has begun and ends only when its signal aborts (or it is told to). */
function waiting() {
  let begun!: () => void;
  let finish!: () => void;
  const started = new Promise<void>((resolve) => (begun = resolve));
  const finished = new Promise<void>((resolve) => (finish = resolve));
  let reason: unknown;
  let seen: AbortSignal | undefined;
  const service: ProviderService = {
    async ApplyResourceChange(_request, { signal }: Call) {
      seen = signal;
      begun();
      await Promise.race([finished, signal.aborted ? undefined : once(signal, "abort")]);
      reason = signal.aborted ? signal.reason : undefined;
      return { diagnostics: [{ severity: "ERROR", summary: signal.aborted ? "stopped early" : "went through" }] };
    },
  };
  return { service, started, finish, reason: () => reason, signal: () => seen };
}

describe("a client that must not be let in", () => {
  const stranger = selfSignedCertificate(Date.now());

  it.each<[string, ClientOptions]>([
    ["has no certificate", { identity: null }],
    ["has a certificate of its own making", { identity: stranger }],
    ["speaks plaintext", { plaintext: true }],
  ])("is refused when it %s, and the right one still gets through", async (_name, options) => {
    let calls = 0;
    const { client, host } = await start({
      async GetMetadata() {
        calls++;
        return {};
      },
    });
    await expect(client(options).call("GetMetadata")).rejects.toMatchObject({ code: status.UNAVAILABLE });
    expect(calls).toBe(0);
    expect(host.exitCode).toBeUndefined();
    await client().call("GetMetadata");
    expect(calls).toBe(1);
  });

  it("is anybody where Terraform's own certificate cannot be read", async () => {
    const { client, host } = await start(
      { GetMetadata: async () => ({}) },
      { env: { PLUGIN_CLIENT_CERT: "no certificate" } },
    );
    await expect(client().call("GetMetadata")).rejects.toMatchObject({ code: status.UNAVAILABLE });
    await expect(client({ identity: null }).call("GetMetadata")).rejects.toMatchObject({ code: status.UNAVAILABLE });
    expect(host.exitCode).toBeUndefined();
  });

  it("does not end the process by connecting and going away", async () => {
    const { client, line, host } = await start({ GetMetadata: async () => ({}) });
    const socket = connect(parseHandshake(line).address);
    await once(socket, "connect");
    socket.destroy();
    await once(socket, "close");
    await client().call("GetMetadata");
    expect(host.exitCode).toBeUndefined();
  });
});

describe("a person who starts it by hand", () => {
  it("reads what to do on stderr, and nothing on stdout", async () => {
    const { host, served } = await start({}, { env: { TF_PLUGIN_MAGIC_COOKIE: undefined } });
    expect(host.exitCode).toBe(1);
    expect(host.written.stdout).toBe("");
    expect(host.written.stderr).toContain("terraform-provider-lab is a Terraform provider");
    expect(served).toBeUndefined();
  });
});

describe("a socket that cannot be made", () => {
  it("is told on stderr", async () => {
    const { host } = await start({}, { env: { PLUGIN_UNIX_SOCKET_DIR: "/nonexistent" } });
    expect(host.exitCode).toBe(1);
    expect(host.written.stderr).toContain("no place to listen");
    expect(host.written.stdout).toBe("");
  });
});

describe("a handler that fails", () => {
  it("becomes a diagnostic, with secrets masked", async () => {
    const redactor = new Redactor();
    redactor.add("hunter2-hunter2");
    const service: ProviderService = {
      ReadResource: async () => {
        throw new TypeError("cannot log in with hunter2-hunter2");
      },
      PlanResourceChange: () => {
        throw new ProblemError({ code: "lab/refused", severity: "error", summary: "The lab refused", fix: "Ask it." });
      },
    };
    const { client } = await start(service, { redactor });
    const terraform = client();
    const read = await terraform.call("ReadResource");
    expect(read.diagnostics).toMatchObject([{ severity: "ERROR", summary: "The provider failed in ReadResource" }]);
    expect(read.diagnostics![0]!.detail).toContain("TypeError: cannot log in with (redacted)");
    expect((await terraform.call("PlanResourceChange")).diagnostics).toMatchObject([
      { severity: "ERROR", summary: "The lab refused", detail: "What to do: Ask it.\n(lab/refused)" },
    ]);
  });

  it("becomes what the call has for errors where it has no diagnostics", async () => {
    const fail = async () => {
      throw new Error("broken");
    };
    const { client } = await start({ CallFunction: fail, StopProvider: fail });
    const terraform = client();
    expect((await terraform.call("CallFunction")).error?.text).toContain("broken");
    expect((await terraform.call("StopProvider")).Error).toContain("broken");
  });

  it("is a diagnostic too when what it answers cannot be encoded", async () => {
    const { client } = await start({ ReadResource: async () => ({ diagnostics: [{ summary: 5 as never }] }) });
    const { diagnostics } = await client().call("ReadResource");
    expect(diagnostics).toMatchObject([{ severity: "ERROR" }]);
  });

  it("does not stop the next call", async () => {
    const { client, host } = await start({
      ReadResource: async () => Promise.reject(undefined),
      GetMetadata: async () => ({ resources: [{ type_name: "lab_thing" }] }),
    });
    const terraform = client();
    expect((await terraform.call("ReadResource")).diagnostics).toHaveLength(1);
    host.fault(new Error("stray"));
    expect((await terraform.call("GetMetadata")).resources).toEqual([{ type_name: "lab_thing" }]);
    expect(host.exitCode).toBeUndefined();
  });

  it("to load is told in answer to the first call", async () => {
    const { client } = await start(async () => Promise.reject(new Error("module missing")));
    const { diagnostics } = await client().call("GetProviderSchema");
    expect(diagnostics![0]!.detail).toContain("module missing");
  });
});

describe("calls", () => {
  it("that the provider does not have are unimplemented, known to the protocol or not", async () => {
    const { client } = await start();
    const terraform = client();
    await expect(terraform.call("GetFunctions")).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
    await expect(
      terraform.raw("/tfplugin6.Provider/GetResourceIdentitySchemas", Buffer.alloc(0)),
    ).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });

  it("with garbage in them are answered, not crashed on", async () => {
    const { client } = await start({ ReadResource: async () => ({}), GetMetadata: async () => ({}) });
    const terraform = client();
    const answer = await terraform.raw("/tfplugin6.Provider/ReadResource", Buffer.from("0aff", "hex"));
    expect(answer.toString()).toContain("ReadResource");
    await expect(terraform.call("GetMetadata")).resolves.toBeDefined();
  });

  it("carry messages far beyond gRPC's own limit of 4 MiB", async () => {
    const { client } = await start({
      ReadResource: async (request) => ({ private: request.private }),
    });
    const blob = Buffer.alloc(24 << 20, 7);
    const { private: back } = await client().call("ReadResource", { private: blob });
    expect(blob.equals(back as Buffer)).toBe(true);
  });

  it("run at the same time", async () => {
    let begun = 0;
    let release!: () => void;
    const all = new Promise<void>((resolve) => (release = resolve));
    const { client } = await start({
      async ReadResource() {
        if (++begun === 10) release();
        await all;
        return {};
      },
    });
    const terraform = client();
    await Promise.all(Array.from({ length: 10 }, () => terraform.call("ReadResource")));
    expect(begun).toBe(10);
  });

  it("are aborted when the client cancels them", async () => {
    const { service, started, reason } = waiting();
    const { client } = await start(service);
    const terraform = client();
    const call = terraform.call("ApplyResourceChange");
    await started;
    call.cancel();
    await expect(call).rejects.toMatchObject({ code: status.CANCELLED });
    while (reason() === undefined) await new Promise(setImmediate);
    expect(String(reason())).toContain("cancelled");
  });

  it("find the health service healthy", async () => {
    const { client } = await start();
    const terraform = client();
    const plugin = Buffer.from("0a06" + Buffer.from("plugin").toString("hex"), "hex");
    expect((await terraform.raw("/grpc.health.v1.Health/Check", plugin)).toString("hex")).toBe("0801");
    const other = Buffer.from("0a05" + Buffer.from("other").toString("hex"), "hex");
    await expect(terraform.raw("/grpc.health.v1.Health/Check", other)).rejects.toMatchObject({
      code: status.NOT_FOUND,
    });
  });
});

describe("stopping", () => {
  it("StopProvider aborts what is under way, and not what comes later", async () => {
    const { service, started, finish } = waiting();
    const { client } = await start(service);
    const terraform = client();
    const call = terraform.call("ApplyResourceChange");
    await started;
    await terraform.call("StopProvider");
    expect((await call).diagnostics).toMatchObject([{ summary: "stopped early" }]);
    finish();
    expect((await terraform.call("ApplyResourceChange")).diagnostics).toMatchObject([{ summary: "went through" }]);
  });

  it("the first SIGINT is left to Terraform, the second aborts", async () => {
    const { service, started, reason, signal } = waiting();
    const { client, host } = await start({ ...service, GetMetadata: async () => ({}) });
    const terraform = client();
    const call = terraform.call("ApplyResourceChange");
    await started;
    host.send("SIGINT");
    host.send("SIGHUP");
    await terraform.call("GetMetadata");
    expect(reason()).toBeUndefined();
    expect(signal()!.aborted).toBe(false);
    host.send("SIGINT");
    expect((await call).diagnostics).toMatchObject([{ summary: "stopped early" }]);
    expect(host.exitCode).toBeUndefined();
  });
});

describe("an answer that is prepared", () => {
  it("is given without the provider, which is loaded for the first call that needs it", async () => {
    let loaded = 0;
    const load = (): ProviderService => {
      loaded += 1;
      return { GetMetadata: async () => ({ diagnostics: [{ severity: "WARNING", summary: "loaded" }] }) };
    };
    const schema = rpcs.GetProviderSchema.response.encode({
      diagnostics: [{ severity: "WARNING", summary: "as built" }],
    });
    const { client } = await start(load, { prepared: { GetProviderSchema: () => schema } });
    const terraform = client();
    const answers = async () => [
      (await terraform.call("GetProviderSchema")).diagnostics![0]!.summary,
      loaded,
      (await terraform.call("GetMetadata")).diagnostics![0]!.summary,
      loaded,
    ];
    expect(await answers()).toEqual(["as built", 0, "loaded", 1]);
    expect(await answers()).toEqual(["as built", 1, "loaded", 1]);
  });

  it("that cannot be read is an error of the call", async () => {
    const unreadable = () => {
      throw new Error("no such part");
    };
    const { client } = await start({}, { prepared: { GetProviderSchema: unreadable } });
    const { diagnostics } = await client().call("GetProviderSchema");
    expect(diagnostics![0]!.detail).toContain("no such part");
  });
});

describe("the end", () => {
  it("comes after Shutdown, which is answered first", async () => {
    const { client, host, line } = await start();
    const terraform = client();
    await terraform.shutdown();
    terraform.close();
    expect(await host.exited).toBe(0);
    expect(existsSync(dirname(parseHandshake(line).address))).toBe(false);
  });

  it("comes after Shutdown also when the client keeps its connection", async () => {
    const { client, host } = await start();
    await client().shutdown();
    host.expire(0);
    host.expire(250);
    expect(await host.exited).toBe(0);
  });

  it("comes when Terraform was killed: work under way is aborted, recorded, and only then the process ends", async () => {
    const { service, started, reason } = waiting();
    const { client, host, line } = await start(service);
    const terraform = client();
    const call = terraform.call("ApplyResourceChange");
    call.catch(() => undefined);
    await started;
    call.cancel();
    terraform.close();
    expect(await host.exited).toBe(0);
    expect(reason()).toBeInstanceOf(ProblemError);
    expect(existsSync(parseHandshake(line).address)).toBe(false);
  });

  it("comes with SIGTERM, after the work under way was aborted and its reply delivered", async () => {
    const { service, started } = waiting();
    const { client, host } = await start(service);
    const call = client().call("ApplyResourceChange");
    await started;
    host.send("SIGTERM");
    expect((await call).diagnostics).toMatchObject([{ summary: "stopped early" }]);
    expect(host.exitCode).toBeUndefined();
    host.expire(250);
    expect(await host.exited).toBe(0);
  });

  it("does not wait for ever for work that ignores its signal", async () => {
    let begun!: () => void;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const never: ProviderService = { ReadResource: () => (begun(), new Promise(() => undefined)) };
    const { client, host } = await start(never, { graceMs: 5_000 });
    client()
      .call("ReadResource")
      .catch(() => undefined);
    await started;
    host.send("SIGTERM");
    expect(host.exitCode).toBeUndefined();
    host.expire(5_000);
    expect(await host.exited).toBe(0);
  });

  it("comes when the stdio stream ends and nothing follows", async () => {
    const { client, host } = await start({ GetMetadata: async () => ({}) });
    const terraform = client();
    const stdio = terraform.stdio();
    let sent = 0;
    stdio.on("data", () => sent++);
    await terraform.call("GetMetadata");
    stdio.cancel();
    while (!host.timers.some(({ ms }) => ms === 1_000)) await new Promise(setImmediate);
    expect(host.exitCode).toBeUndefined();
    host.expire(1_000);
    host.expire(250);
    expect(await host.exited).toBe(0);
    expect(sent).toBe(0);
  });

  it("comes when nobody ever connects", async () => {
    const { host, line } = await start({}, { connectTimeoutMs: 90_000 });
    host.expire(90_000);
    expect(await host.exited).toBe(0);
    expect(existsSync(parseHandshake(line).address)).toBe(false);
  });
});

describe("the endpoint", () => {
  it("is a socket that only its owner reaches", async () => {
    const { line } = await start();
    const { core, protocol, network, address, kind, certificate, rest } = parseHandshake(line);
    expect([core, protocol, network, kind, rest]).toEqual(["1", "6", "unix", "grpc", []]);
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o700);
    expect(certificate).toMatch(/^[A-Za-z0-9+/]{200,}$/);
    expect(line.match(/\n/g)).toHaveLength(1);
  });

  it("lies where Terraform wants it", async () => {
    const directory = mkdtempSync(join(tmpdir(), "wanted-"));
    const { line } = await start({}, { env: { PLUGIN_UNIX_SOCKET_DIR: directory } });
    expect(dirname(dirname(parseHandshake(line).address))).toBe(directory);
    opened[0]!.leave!();
    await opened[0]!.host.exited;
    rmSync(directory, { recursive: true });
  });

  it("can be shared with a group", async () => {
    const group = String(process.getgid!());
    const { line } = await start({}, { env: { PLUGIN_UNIX_SOCKET_GROUP: group } });
    const { address } = parseHandshake(line);
    expect(statSync(address).mode & 0o777).toBe(0o660);
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o710);
  });

  it("is a loopback port in the given range on Windows", async () => {
    const range = { PLUGIN_MIN_PORT: "10000", PLUGIN_MAX_PORT: "25000" };
    const service = { GetMetadata: async () => ({}) };
    const first = await start(service, { platform: "win32", env: range });
    const second = await start(service, { platform: "win32", env: range });
    for (const { line, client } of [first, second]) {
      const { network, address } = parseHandshake(line);
      expect(network).toBe("tcp");
      expect(address).toMatch(/^127\.0\.0\.1:(1\d{4}|2[0-4]\d{3}|25000)$/);
      await client().call("GetMetadata");
    }
    expect(first.line).not.toBe(second.line);
  });

  it("speaks plaintext when TLS is switched off", async () => {
    const { line, client } = await start(
      { GetMetadata: async () => ({}) },
      { env: { TF_DISABLE_PLUGIN_TLS: "1", PLUGIN_CLIENT_CERT: undefined } },
    );
    expect(line).toMatch(/\|grpc\|\n$/);
    await client({ plaintext: true }).call("GetMetadata");
  });
});

describe("debug mode", () => {
  it("prints how to attach, and outlives its clients", async () => {
    const service = { GetMetadata: async () => ({}), ConfigureProvider: async () => ({}) };
    const { host, served } = await start(service, { debug: true, env: { TF_PLUGIN_MAGIC_COOKIE: undefined } });
    const value = JSON.parse(/TF_REATTACH_PROVIDERS='(.*)'/.exec(host.written.stdout)![1]!);
    expect(value).toEqual({
      "registry.example.com/acme/lab": {
        Protocol: "grpc",
        ProtocolVersion: 6,
        Pid: 4711,
        Test: true,
        Addr: { Network: "unix", String: served.endpoint.address },
      },
    });
    for (let run = 0; run < 2; run++) {
      const client = new PluginClient(`1|6|unix|${served.endpoint.address}|grpc|`, { plaintext: true });
      client.stdio();
      await client.call("ConfigureProvider");
      await client.shutdown();
      client.close();
    }
    expect(host.exitCode).toBeUndefined();
    host.send("SIGINT");
    host.expire(250);
    expect(await host.exited).toBe(0);
    expect(existsSync(served.endpoint.address)).toBe(false);
  });

  it("loads nothing for a connection that asks for what is prepared, not even to close it", async () => {
    let made = 0;
    let tell = () => {};
    const gone = new Promise<void>((resolve) => (tell = resolve));
    const service = () => {
      made += 1;
      return { GetMetadata: async () => ({}), close: () => tell() };
    };
    const schema = rpcs.GetProviderSchema.response.encode({});
    const { served } = await start(service, {
      debug: true,
      env: { TF_PLUGIN_MAGIC_COOKIE: undefined },
      prepared: { GetProviderSchema: () => schema },
    });
    const attach = () => new PluginClient(`1|6|unix|${served.endpoint.address}|grpc|`, { plaintext: true });
    const first = attach();
    await first.call("GetProviderSchema");
    first.close();
    const second = attach();
    await second.call("GetMetadata");
    second.close();
    await gone;
    expect(made).toBe(1);
    served.leave();
  });

  it("serves each connection by itself, stops the calls of that one alone, and tells when it is gone", async () => {
    const log: string[] = [];
    let made = 0;
    const closed = new Map<number, () => void>();
    const service = () => {
      const number = ++made;
      return {
        // Answers only when it is told to stop.
        ReadResource: (_request: unknown, { signal }: Call) =>
          new Promise<never>((_, reject) =>
            signal.addEventListener("abort", () => {
              log.push(`${number} stopped`);
              reject(new Error("stopped"));
            }),
          ),
        GetMetadata: async () => {
          log.push(`${number} asked`);
          return {};
        },
        close: () => closed.get(number)?.(),
      };
    };
    const { served } = await start(service, { debug: true, env: { TF_PLUGIN_MAGIC_COOKIE: undefined } });
    const attach = () => new PluginClient(`1|6|unix|${served.endpoint.address}|grpc|`, { plaintext: true });
    const [one, two] = [attach(), attach()];
    await one.call("GetMetadata");
    await two.call("GetMetadata");
    const [first, second] = log.map((line) => Number(line.split(" ")[0]));
    expect(first).not.toBe(second);

    const waiting = one.call("ReadResource");
    const other = two.call("ReadResource");
    await Promise.all([one.call("GetMetadata"), two.call("GetMetadata")]);
    await one.call("StopProvider");
    await waiting.catch(() => undefined);
    expect(log).toContain(`${first} stopped`);
    expect(log).not.toContain(`${second} stopped`);

    const gone = new Promise<void>((resolve) => closed.set(first!, resolve));
    one.close();
    await gone;
    await two.call("StopProvider");
    await other.catch(() => undefined);
    two.close();
    served.leave();
  });
});
