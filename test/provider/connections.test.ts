import { systemClock } from "../../lib/core/clock";
import { ProblemError } from "../../lib/core/problem";
import { Connections } from "../../lib/provider/connections";
import type { Runtime, System } from "../../lib/systems/kit/system";

const runtime = { clock: systemClock, environment: {} } as unknown as Runtime;

function system(name: string, more: Partial<System>): System {
  const connect = async () => ({ name });
  return {
    name,
    title: name,
    settings: {},
    environment: {},
    connect,
    resources: [],
    dataSources: [],
    ...more,
  } as System;
}

test("prepares the systems that have something to prepare, and connects no other", async () => {
  const seen: string[] = [];
  const able = system("able", { prepare: (client) => void seen.push(`prepared ${JSON.stringify(client)}`) });
  const other = system("other", {
    connect: async () => {
      seen.push("connected the other");
      return {};
    },
  });
  await new Connections([other, able], {}, runtime).prepare();
  expect(seen).toEqual(['prepared {"name":"able"}']);
});

test("a system that cannot be connected spoils neither the preparation nor its own problem", async () => {
  const missing = system("missing", {
    connect: async () => {
      throw new ProblemError({
        code: "lab/missing",
        severity: "error",
        summary: "not configured",
        fix: "Configure it.",
      });
    },
    prepare: () => undefined,
  });
  const connections = new Connections([missing], {}, runtime);
  await connections.prepare();
  await expect(connections.client(missing)).rejects.toMatchObject({ problems: [{ code: "lab/missing" }] });
});

test("what was prepared is the client that calls get", async () => {
  const clients: unknown[] = [];
  const able = system("able", { prepare: (client) => void clients.push(client) });
  const connections = new Connections([able], {}, runtime);
  await connections.prepare();
  expect(await connections.client(able)).toBe(clients[0]);
});
