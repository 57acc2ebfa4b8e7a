import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A service on a port of its own that is told something, and answers as a test wants. */
export interface HookServer {
  /** Without a path. */
  readonly url: string;
  readonly received: Received[];
  /** Resolves with the next request, before it is answered. */
  next(): Promise<Received>;
  close(): Promise<void>;
}

export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (response: ServerResponse) => void;

/** The answers are given in turn, the last one for ever. */
export async function startHook(...answers: Answer[]): Promise<HookServer> {
  const received: Received[] = [];
  const waiting: ((request: Received) => void)[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const answer = answers[Math.min(received.length, answers.length - 1)]!;
      const one = { method: request.method!, url: request.url!, headers: request.headers, body };
      received.push(one);
      for (const told of waiting.splice(0)) told(one);
      answer(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    next: () => new Promise((told) => waiting.push(told)),
    close: () => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done()))),
  };
}

export const answers =
  (status: number, text = "", headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { "content-type": "text/plain", ...headers }).end(text);

/** A login page, as a proxy answers whatever was asked. */
export const loginPage = answers(200, "<!DOCTYPE html><title>Sign in</title>", { "content-type": "text/html" });

export const silence: Answer = () => undefined;
