import { once } from "node:events";
import { status } from "@grpc/grpc-js";
import { ProblemError } from "../../lib/core/problem";
import type { ProviderService } from "../../lib/terraform-plugin/service";
import { serve } from "../../lib/terraform-plugin/server";
import { FakeHost, PluginClient, environment } from "./plugin-client";

/** Answers of several messages, as they travel: gRPC's own client against the server. */

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start(service: ProviderService) {
  const host = new FakeHost(environment());
  const served = await serve(service, { name: "lab", source: "registry.example.com/acme/lab", host });
  const client = new PluginClient(host.written.stdout);
  ends.push(async () => {
    client.close();
    served!.leave();
    host.elapse();
    await host.exited;
  });
  return { client, host, leave: () => served!.leave() };
}

/** A promise and what resolves it. */
function moment() {
  let come!: () => void;
  const awaited = new Promise<void>((resolve) => (come = resolve));
  return { awaited, come };
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

describe("an answer that is cut off", () => {
  /** Says one thing, then waits for its signal. */
  function waiting() {
    const [begun, over] = [moment(), moment()];
    let reason: unknown;
    const service: ProviderService = {
      async *InvokeAction(_request, { signal }) {
        try {
          yield { progress: { message: "begun" } };
          begun.come();
          if (!signal.aborted) await once(signal, "abort");
          reason = signal.reason;
          yield { completed: { diagnostics: [{ severity: "ERROR", summary: "stopped early" }] } };
        } finally {
          over.come();
        }
      },
    };
    return { service, begun: begun.awaited, over: over.awaited, reason: () => reason };
  }

  it("by its client aborts the handler, and leaves nothing that the process would wait for", async () => {
    const { service, begun, over, reason } = waiting();
    const { client, host, leave } = await start(service);
    const { messages, cancel, ended } = client.stream("InvokeAction");
    expect(await messages().next()).toMatchObject({ value: { progress: { message: "begun" } } });
    await begun;
    cancel();
    expect(await ended).toMatchObject({ code: status.CANCELLED });
    await over;
    expect((reason() as ProblemError).problems[0]!.code).toBe("terraform-plugin/cancelled");
    client.close();
    leave();
    // No timer has been let come: the process ends by itself.
    expect(await host.exited).toBe(0);
  });

  it("by StopProvider is answered to its end", async () => {
    const { service, begun, reason } = waiting();
    const { client } = await start(service);
    const messages = client.stream("InvokeAction").messages();
    await messages.next();
    await begun;
    await client.call("StopProvider");
    expect(await messages.next()).toMatchObject({
      value: { completed: { diagnostics: [{ severity: "ERROR", summary: "stopped early" }] } },
    });
    expect(await messages.next()).toMatchObject({ done: true });
    expect((reason() as ProblemError).problems[0]!.code).toBe("terraform-plugin/stopped");
  });

  it("by a handler that throws in the middle ends with what it threw", async () => {
    const { client } = await start({
      async *InvokeAction() {
        yield { progress: { message: "begun" } };
        throw new ProblemError({ code: "lab/broken", severity: "error", summary: "It broke", fix: "Mend it." });
      },
    });
    expect(await all(client.stream("InvokeAction").messages())).toMatchObject([
      { progress: { message: "begun" } },
      { completed: { diagnostics: [{ summary: "It broke" }] } },
    ]);
  });

  it("by a client that has read nothing releases the handler that waits for it", async () => {
    const { service, produced, over } = plenty();
    const { client } = await start(service);
    const { cancel } = client.stream("InvokeAction");
    while (produced() === 0) await turns(1);
    cancel();
    await over;
    expect(produced()).toBeLessThan(MANY);
  });
});

describe("an answer of several messages", () => {
  it("arrives as it is made, not when it is whole", async () => {
    const next = moment();
    const { client } = await start({
      async *InvokeAction() {
        yield { progress: { message: "first" } };
        await next.awaited;
        yield { progress: { message: "" } };
        yield { completed: {} };
      },
    });
    const messages = client.stream("InvokeAction").messages();
    expect(await messages.next()).toMatchObject({ value: { progress: { message: "first" } } });
    next.come();
    // An empty message is one, too: an event without its kind would end Terraform.
    expect(await messages.next()).toMatchObject({ value: { progress: { message: "" }, completed: null } });
    expect(await messages.next()).toMatchObject({ value: { progress: null, completed: { diagnostics: [] } } });
    expect(await messages.next()).toMatchObject({ done: true });
  });

  it("may have none", async () => {
    const { client } = await start({ async *ListResource() {} });
    const { messages, ended } = client.stream("ListResource");
    expect(await all(messages())).toEqual([]);
    expect(await ended).toBeUndefined();
  });

  it("is made no faster than its client reads, and comes whole", async () => {
    const { service, produced } = plenty();
    const { client } = await start(service);
    const { messages } = client.stream("InvokeAction");
    while (produced() === 0) await turns(1);
    // As many turns again as a server without patience would need: its messages are all made in the first.
    await turns(100);
    const before = produced();
    expect(before).toBeLessThan(MANY);
    const received = await all(messages());
    expect(received.map(({ progress }) => progress?.message?.length)).toEqual(sizes());
    expect(produced()).toBe(MANY);
  });

  it("leaves room for other calls", async () => {
    const { begun, come } = { begun: moment(), come: moment() };
    const { client } = await start({
      async *InvokeAction() {
        yield { progress: { message: "first" } };
        begun.come();
        await come.awaited;
        yield { completed: {} };
      },
      GetMetadata: async () => ({}),
    });
    const messages = client.stream("InvokeAction").messages();
    await messages.next();
    await begun.awaited;
    await client.call("GetMetadata");
    come.come();
    expect((await all(messages)).at(-1)).toMatchObject({ completed: { diagnostics: [] } });
  });
});

const MANY = 300;
const sizes = () => Array.from({ length: MANY }, (_, index) => 60_000 + index);

/** More than any window takes. */
function plenty() {
  let produced = 0;
  const over = moment();
  const service: ProviderService = {
    async *InvokeAction(_request, { signal }) {
      try {
        for (const size of sizes()) {
          if (signal.aborted) return;
          produced += 1;
          yield { progress: { message: "x".repeat(size) } };
        }
      } finally {
        over.come();
      }
    },
  };
  return { service, over: over.awaited, produced: () => produced };
}

async function all<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const received: T[] = [];
  for await (const message of messages) received.push(message);
  return received;
}
