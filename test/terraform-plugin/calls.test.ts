import { ProblemError } from "../../lib/core/problem";
import { Calls, type ActiveCall, type CallEvents } from "../../lib/terraform-plugin/calls";
import { rpcs } from "../../lib/terraform-plugin/protocol";
import type { ProviderService } from "../../lib/terraform-plugin/service";

const NOTHING = new Uint8Array();
const stopped = new Error("told to stop");

function calls(prepared?: ConstructorParameters<typeof Calls>[0]["prepared"]) {
  const failures: string[] = [];
  const all = new Calls({
    redact: (text) => text.replaceAll("hunter2", "(redacted)"),
    onFailure: (rpc) => failures.push(rpc),
    prepared,
  });
  return { all, failures };
}

function events(messages: string[] = []): CallEvents & { readonly begun: ActiveCall[] } {
  const begun: ActiveCall[] = [];
  return {
    begun,
    started: (call) => void begun.push(call),
    message: (bytes) => void messages.push(rpcs.ListResource.response.decode(bytes).display_name),
  };
}

/** A service whose reads end when they are told to, and not before. */
function service(more: ProviderService = {}) {
  const waiting: AbortSignal[] = [];
  const made: ProviderService = {
    ReadDataSource: (_, { signal }) => {
      waiting.push(signal);
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    },
    ...more,
  };
  return { load: async () => made, waiting };
}

const read = (all: Calls, load: () => Promise<ProviderService>) => all.run(load, "ReadDataSource", NOTHING, events());

describe("StopProvider", () => {
  it("is answered, be there a handler for it or not", async () => {
    const { all } = calls();
    const outcome = await all.run(async () => ({}), "StopProvider", NOTHING, events());
    expect(rpcs.StopProvider.response.decode((outcome as { response: Buffer }).response)).toEqual({ Error: "" });
    let told = 0;
    const handler = { StopProvider: async () => (told++, {}) } as ProviderService;
    await all.run(async () => handler, "StopProvider", NOTHING, events());
    expect(told).toBe(1);
  });

  it("says so when its handler fails: no call is lost for that", async () => {
    const { all, failures } = calls();
    const handler = { StopProvider: async () => Promise.reject(new Error("no hunter2")) } as ProviderService;
    const outcome = await all.run(async () => handler, "StopProvider", NOTHING, events());
    const { Error: text } = rpcs.StopProvider.response.decode((outcome as { response: Buffer }).response);
    expect(text).toContain("no (redacted)");
    expect(failures).toEqual(["StopProvider"]);
  });
});

describe("to abort", () => {
  it("reaches what is under way, and not what comes later", async () => {
    const { all } = calls();
    const { load, waiting } = service();
    const first = read(all, load);
    await new Promise(setImmediate);
    all.abort(stopped);
    await first;
    const second = read(all, load);
    await new Promise(setImmediate);
    expect(waiting.map(({ aborted, reason }) => [aborted, reason as unknown])).toEqual([
      [true, stopped],
      [false, undefined],
    ]);
    all.abort(stopped);
    await second;
  });

  it("reaches the calls of one service alone where only that is told to", async () => {
    const { all } = calls();
    const [one, two] = [service(), service()];
    const both = [read(all, one.load), read(all, two.load)];
    await new Promise(setImmediate);
    all.abort(stopped, two.load);
    expect([one, two].map(({ waiting }) => waiting[0]!.aborted)).toEqual([false, true]);
    all.abort(stopped);
    await Promise.all(both);
  });

  it("reaches a call whose handler looks only afterwards, with the first reason", async () => {
    const { all } = calls();
    const { begun, ...told } = events();
    let go = () => {};
    const load = () => new Promise<ProviderService>((resolve) => (go = () => resolve({})));
    const running = all.run(load, "StopProvider", NOTHING, told);
    all.abort(stopped);
    all.abort(new Error("once more"));
    expect(begun[0]!.signal).toMatchObject({ aborted: true, reason: stopped });
    go();
    await running;
  });
});

describe("who waits until nothing is under way", () => {
  it("is told at once where nothing is", () => {
    const { all } = calls();
    const told: string[] = [];
    all.whenIdle(() => told.push("idle"));
    expect(told).toEqual(["idle"]);
  });

  it("is told once, when the last call has ended, or the last of the service that it waits for", async () => {
    const { all } = calls();
    const [one, two] = [service(), service()];
    const [first, second] = [read(all, one.load), read(all, two.load)];
    await new Promise(setImmediate);
    const told: string[] = [];
    all.whenIdle(() => told.push("all"));
    all.whenIdle(() => told.push("one"), one.load);
    expect(told).toEqual([]);
    all.abort(stopped, one.load);
    await first;
    expect(told).toEqual(["one"]);
    all.abort(stopped);
    await second;
    expect(told).toEqual(["one", "all"]);
    await all.run(async () => ({}), "StopProvider", NOTHING, events());
    expect(told).toEqual(["one", "all"]);
  });
});

it.each([
  ["answered", () => Promise.resolve({})],
  ["refused", () => Promise.reject(new Error("broken"))],
])("what is left for the end of a call is done once, when it is %s", async (_how, load) => {
  const { all } = calls();
  const done: string[] = [];
  await all.run(load, "StopProvider", NOTHING, {
    ...events(),
    started: (call) => {
      for (const name of ["a", "b"]) call.atEnd(() => done.push(name));
      all.whenIdle(() => done.push("begun"));
    },
  });
  expect(done).toEqual(["begun", "a", "b"]);
});

describe("what a call comes to", () => {
  it("is a failure that says so where no handler is, and none of ours", async () => {
    const { all, failures } = calls();
    const outcome = await all.run(async () => ({}), "ReadDataSource", NOTHING, events());
    expect(outcome).toMatchObject({ unimplemented: true });
    expect(failures).toEqual([]);
  });

  it("is the error's own words, as that which it is", async () => {
    const { all } = calls();
    const refused = new ProblemError(
      { code: "lab/x", severity: "warning", summary: "Old", fix: "Renew hunter2." },
      { code: "lab/x", severity: "error", summary: "Closed", fix: "Open." },
    );
    const outcome = await all.run(() => Promise.reject(refused), "ReadDataSource", NOTHING, events());
    const { diagnostics } = rpcs.ReadDataSource.response.decode((outcome as { response: Buffer }).response);
    expect(diagnostics.map(({ severity, summary }) => `${severity} ${summary}`)).toEqual([
      "WARNING Old",
      "ERROR Closed",
    ]);
    expect(diagnostics[0]!.detail).toContain("Renew (redacted).");
  });

  it.each([
    ["CallFunction", ({ response }: { response: Buffer }) => rpcs.CallFunction.response.decode(response).error!.text],
    [
      "ListResource",
      ({ response }: { response: Buffer }) => rpcs.ListResource.response.decode(response).diagnostic[0]!.detail,
    ],
    [
      "InvokeAction",
      ({ response }: { response: Buffer }) =>
        rpcs.InvokeAction.response.decode(response).completed!.diagnostics[0]!.detail,
    ],
  ] as const)("of %s tells an error where its message has a place for it", async (rpc, textOf) => {
    const { all } = calls();
    const outcome = await all.run(() => Promise.reject(new Error("broken")), rpc, NOTHING, events());
    expect(textOf(outcome as { response: Buffer })).toContain("broken");
  });

  it("is prepared bytes where there are some, for which no service is loaded", async () => {
    const { all } = calls({ GetMetadata: () => Buffer.from("ready") });
    const outcome = await all.run(() => Promise.reject(new Error("loaded")), "GetMetadata", NOTHING, events());
    expect(outcome).toEqual({ response: Buffer.from("ready") });
  });

  it("of a stream is its messages, each sent before the next is asked for", async () => {
    const { all } = calls();
    const order: string[] = [];
    const streaming = {
      async *ListResource() {
        for (const display_name of ["a", "b"]) {
          order.push(`made ${display_name}`);
          yield { display_name };
        }
      },
    } as unknown as ProviderService;
    const outcome = await all.run(async () => streaming, "ListResource", NOTHING, {
      started: () => undefined,
      message: async (bytes) => {
        await new Promise(setImmediate);
        order.push(`sent ${rpcs.ListResource.response.decode(bytes).display_name}`);
      },
    });
    expect(order).toEqual(["made a", "sent a", "made b", "sent b"]);
    expect(outcome).toEqual({});
  });
});
