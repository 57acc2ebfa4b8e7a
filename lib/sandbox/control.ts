import { WebApp } from "../systems/kit/simulator/web-app";
import { usualBody, WebError, type WebRequest } from "../systems/kit/simulator/web";
import { refuseWebPages } from "./callers";
import { ProblemError } from "../core/problem";
import type { Redactor } from "../core/redaction";
import type { Inbox } from "../mail/server";
import { faultFromJson } from "./fault-json";
import type { Faults } from "./faults";
import { listen } from "./listen";
import { masked } from "./masking";
import type { NetworkMap } from "./network-map";
import { addPageRoutes } from "./page-routes";
import type { Recorder } from "./recorder";
import type { ReportedTests } from "./reported-tests";

export interface ControlOptions {
  readonly port: number;
  readonly state: () => unknown;
  readonly objects: () => unknown;
  readonly reset: () => void;
  readonly recorder?: Recorder;
  readonly faults: Faults;
  readonly inbox: Inbox;
  readonly map: () => NetworkMap;
  readonly tests: ReportedTests;
  readonly interventions: () => Readonly<Record<string, readonly string[]>>;
  readonly intervene: (system: string, name: string, argument: unknown) => Promise<unknown>;
  readonly redactor: Redactor;
}

/** Serves the state and the controls of a sandbox as JSON under `/_sandbox/`, and the page for people at `/`. */
export async function startControl(options: ControlOptions): Promise<{ url: string; close(): Promise<void> }> {
  const app = new WebApp();
  protect(app);
  const show = (value: unknown) => masked(value, options.redactor);
  addStateRoutes(app, options, show);
  addFaultRoutes(app, options.faults);
  addPageRoutes(app, {
    inbox: options.inbox,
    map: options.map,
    parts: {
      map: options.map,
      tests: () => options.tests.list().at(-1)?.number ?? 0,
      state: options.state,
      faults: () => options.faults.list(),
      requests: () => options.recorder?.list(1) ?? [],
    },
    show,
    redact: (text) => options.redactor.redact(text),
  });

  const url = await listen(app, options.port, "sandbox's inbox and control");
  return { url, close: () => app.close() };
}

/**
 * Keeps out web pages in the user's browser, which could otherwise send requests: by DNS rebinding, by a form's
 * text/plain, or by a request that needs no answer. A mail that is shown has an origin of its own ("null"), and is
 * refused like any other page.
 */
function protect(app: WebApp): void {
  app.setBodyParser((text, contentType) => {
    if (/^text\//i.test(contentType)) throw new WebError(415, `Unsupported Media Type: ${contentType}`);
    return usualBody(text, contentType);
  });
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "no-store",
    });
  });
  refuseWebPages(app);
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) =>
    error instanceof ProblemError
      ? reply.code(400).send({ problems: error.problems })
      : reply.code(error.statusCode ?? 500).send({ error: error.message }),
  );
}

function addStateRoutes(app: WebApp, options: ControlOptions, show: (value: unknown) => unknown): void {
  app.get("/_sandbox/state", async () => show(options.state()));
  app.get("/_sandbox/objects", async () => show(options.objects()));
  app.post("/_sandbox/reset", async (_request, reply) => {
    options.reset();
    return reply.code(204).send();
  });
  app.get("/_sandbox/requests", async (request) => {
    const last = Number((request.query as { last?: string }).last);
    return options.recorder?.list(last > 0 ? last : undefined) ?? [];
  });
  app.delete("/_sandbox/requests", async (_request, reply) => {
    options.recorder?.clear();
    return reply.code(204).send();
  });
  app.get("/_sandbox/inbox", async () => show(options.inbox.messages));
  app.get("/_sandbox/tests", async () => options.tests.list());
  app.post("/_sandbox/tests", async (request, reply) =>
    reply.code(201).send(await options.tests.add(show(request.body))),
  );
  app.delete("/_sandbox/tests", async (_request, reply) => {
    options.tests.clear();
    return reply.code(204).send();
  });
  app.get("/_sandbox/interventions", async () => options.interventions());
  app.post("/_sandbox/intervene/:system/:name", async (request: WebRequest) => {
    const { system, name } = request.params as { system: string; name: string };
    return { result: show((await options.intervene(system, name, request.body)) ?? null) };
  });
}

function addFaultRoutes(app: WebApp, faults: Faults): void {
  app.get("/_sandbox/faults", async () => faults.list());
  app.post("/_sandbox/faults", async (request, reply) =>
    reply.code(201).send(faults.add(await faultFromJson(request.body))),
  );
  app.delete("/_sandbox/faults", async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.delete("/_sandbox/faults/:id", async (request, reply) =>
    reply.code(faults.clear(Number((request.params as { id: string }).id)) ? 204 : 404).send(),
  );
}
