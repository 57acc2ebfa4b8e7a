import type { FastifyInstance, FastifyRequest } from "fastify";
import { ProblemError } from "../core/problem";
import type { Redactor } from "../core/redaction";
import type { InboxMessage } from "../mail/smtp-sandbox";
import { faultFromJson } from "./fault-json";
import type { Faults } from "./faults";
import { inboxPage } from "./inbox-page";
import { listen } from "./listen";
import { masked } from "./masking";
import type { Recorder } from "./recorder";

export interface ControlOptions {
  readonly port: number;
  readonly state: () => unknown;
  readonly recorder?: Recorder;
  readonly faults: Faults;
  readonly messages: () => readonly InboxMessage[];
  readonly interventions: () => Readonly<Record<string, readonly string[]>>;
  readonly intervene: (system: string, name: string, argument: unknown) => Promise<unknown>;
  readonly redactor: Redactor;
}

/** Inbox, state and levers of a running sandbox over HTTP; JSON under `/_sandbox/`, the inbox for people at `/`. */
export async function startControl(options: ControlOptions): Promise<{ url: string; close(): Promise<void> }> {
  const { default: fastify } = await import("fastify");
  const app: FastifyInstance = fastify({ logger: false, forceCloseConnections: true });
  // Without these two, a web page open in the user's browser could reach us: by DNS rebinding, or by a form's text/plain.
  app.removeContentTypeParser("text/plain");
  app.addHook("onRequest", async (request, reply) => {
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) {
      return reply.code(403).send({ error: "This sandbox answers only to 127.0.0.1 and localhost." });
    }
  });
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) =>
    error instanceof ProblemError
      ? reply.code(400).send({ problems: error.problems })
      : reply.code(error.statusCode ?? 500).send({ error: error.message }),
  );

  const show = (value: unknown) => masked(value, options.redactor);
  app.get("/_sandbox/state", async () => show(options.state()));
  app.get("/_sandbox/requests", async () => options.recorder?.list() ?? []);
  app.delete("/_sandbox/requests", async (_request, reply) => {
    options.recorder?.clear();
    return reply.code(204).send();
  });
  app.get("/_sandbox/inbox", async () => show(options.messages()));
  app.get("/_sandbox/interventions", async () => options.interventions());
  app.post("/_sandbox/intervene/:system/:name", async (request: FastifyRequest) => {
    const { system, name } = request.params as { system: string; name: string };
    return { result: show((await options.intervene(system, name, request.body)) ?? null) };
  });
  app.get("/_sandbox/faults", async () => options.faults.list());
  app.post("/_sandbox/faults", async (request, reply) =>
    reply.code(201).send(options.faults.add(await faultFromJson(request.body))),
  );
  app.delete("/_sandbox/faults", async (_request, reply) => {
    options.faults.clear();
    return reply.code(204).send();
  });
  app.delete("/_sandbox/faults/:id", async (request, reply) =>
    reply.code(options.faults.clear(Number((request.params as { id: string }).id)) ? 204 : 404).send(),
  );
  app.get("/", async (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      .send(options.redactor.redact(inboxPage(options.messages()))),
  );

  const url = await listen(app, options.port, "sandbox's inbox and control");
  return { url, close: () => app.close() };
}
