import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as z from "../../lib/core/zod";
import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { Collection } from "../../lib/systems/kit/collection";
import type { CollectionOptions } from "../../lib/systems/kit/collection-options";
import { openApi, type ApiOptions, type RestApi } from "../../lib/systems/kit/rest-api";
import { objectWords, type ApiWords } from "../../lib/systems/kit/words";
import { defineSchema, string } from "../../lib/terraform-plugin/schema";

/** An imaginary system with pagers, at `/pagers`, that answers as a test tells it to. */

export const acme: ApiWords = {
  name: "acme",
  title: "Acme Monitor",
  login: { credential: "the API key", setting: "api_key", fix: "Check acme.api_key (ACME_API_KEY)." },
  rights: "Give the key the right Mail.",
  address: "Check that acme.url leads to the Acme API (https://api.acme.example).",
};

const pagerSchema = defineSchema({
  type: "outbound_acme_pager",
  description: "",
  attributes: { name: string("required", { description: "" }) },
  identity: { attributes: ["name"], twins: true },
});

export const pagerWords = objectWords(acme, pagerSchema, {
  kind: "pager",
  where: "Alerting, Pagers",
  importId: { form: "its number", shownBy: "its list", example: "42" },
});

const pager = z.looseObject({ id: z.string(), name: z.string(), port: z.nullish(z.number()) });
export type Pager = z.infer<typeof pager>;

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly type?: string;
}

export interface Acme {
  readonly pagers: Map<string, Pager>;
  /** The requests so far: `GET /pagers/1`. */
  readonly requests: string[];
  /** What was slept, milliseconds in all. Time passes at once. */
  slept(): number;
  readonly api: RestApi;
  readonly collection: Collection<Pager>;
  /** A collection of another run. */
  nextRun(changes?: Partial<CollectionOptions<Pager>>): Collection<Pager>;
  close(): void;
}

export interface AcmeOptions {
  /** Answers in place of the system; undefined: it answers itself. "break" breaks the connection after it did its work. */
  readonly answer?: (request: string, acme: Acme) => Reply | "break" | undefined;
  readonly api?: Partial<ApiOptions>;
  readonly collection?: Partial<CollectionOptions<Pager>>;
}

export const page = (status: number): Reply => ({
  status,
  type: "text/html",
  body: "<html><h1>Maintenance</h1></html>",
});

export async function openAcme({ answer, api: apiOptions, collection: changes }: AcmeOptions = {}): Promise<Acme> {
  const pagers = new Map<string, Pager>();
  const requests: string[] = [];
  let now = 0;
  let numbers = 0;
  const clock = {
    now: () => now,
    sleep: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };

  const work = (method: string, url: string, body: Partial<Pager>): Reply => {
    const id = url.split("/")[2];
    if (id === undefined) {
      if (method === "GET") return { status: 200, body: [...pagers.values()] };
      const made = { ...body, id: String(++numbers) } as Pager;
      pagers.set(made.id, made);
      return { status: 201, body: made };
    }
    const held = pagers.get(id);
    if (held === undefined) return { status: 404, body: { message: "no such pager" } };
    if (method === "PUT") pagers.set(id, { ...held, ...body });
    if (method === "DELETE") pagers.delete(id);
    return method === "GET" ? { status: 200, body: held } : { status: 204 };
  };

  const server: Server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then((body) => {
      const { method = "", url = "" } = incoming;
      const request = `${method} ${url}`;
      requests.push(request);
      const told = answer?.(request, acmeRoom);
      const reply = typeof told === "object" ? told : work(method, url, body);
      if (told === "break") return incoming.socket.destroy();
      const { status, body: data, type = "application/json" } = reply;
      outgoing.writeHead(status, { "Content-Type": type });
      outgoing.end(data === undefined ? "" : typeof data === "string" ? data : JSON.stringify(data));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const runtime = {
    clock,
    log: silentLogger,
    redactor: new Redactor(),
    random: () => 0.5,
    environment: {},
    userAgent: "test",
  };
  const baseUrl = `http://127.0.0.1:${port}`;
  const api = openApi({ words: acme, runtime, baseUrl, ...apiOptions });
  const nextRun = (more: Partial<CollectionOptions<Pager>> = {}) =>
    new Collection<Pager>({
      api,
      clock,
      words: pagerWords,
      path: "/pagers",
      item: pager,
      idOf: ({ id }) => id,
      nameOf: ({ name }) => name,
      list: (signal) => api.read("list the pagers", z.array(pager), { method: "GET", path: "/pagers", signal }),
      ...changes,
      ...more,
    });
  const acmeRoom: Acme = {
    pagers,
    requests,
    slept: () => now,
    api,
    nextRun,
    collection: nextRun(),
    close: () => {
      api.close();
      server.close();
      server.closeAllConnections();
    },
  };
  return acmeRoom;
}

async function bodyOf(incoming: IncomingMessage): Promise<Partial<Pager>> {
  let text = "";
  for await (const chunk of incoming) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Partial<Pager>);
}
