import type { Socket } from "node:net";
import { ProblemError, renderProblem, type Problem } from "../core/problem";
import { silentLogger, type Logger } from "../core/log";
import type { Redactor } from "../core/redaction";
import { selfSignedCertificate } from "./certificate";
import { Calls, type LoadedService, type PreparedAnswers } from "./calls";
import { createGrpcServer } from "./grpc-server";
import { handshakeLine, isInvitation, readInvitation, reattachValue, type Endpoint } from "./handshake";
import { processHost, type Host } from "./host";
import { openListener, type Listener } from "./listener";
import { Lifecycle } from "./lifecycle";
import type { ProviderService } from "./service";

export interface ServeOptions {
  /** The name of the provider, for the text that users see when they start it by hand. */
  readonly name: string;
  /** The source address in three parts, `registry.terraform.io/acme/lab`: needed by debug mode. */
  readonly source: string;
  /** Waits for a Terraform that is told its address (TF_REATTACH_PROVIDERS), and outlives it. @default false */
  readonly debug?: boolean;
  /**
   * Encoded answers that are the same for every request: Terraform starts a process only to ask for the schema. With them
   * the provider is loaded for the first call that needs it.
   *
   * @default none
   */
  readonly prepared?: PreparedAnswers;
  /** @default nothing is logged */
  readonly log?: Logger;
  /** Masks secrets in the errors of a failed handler. */
  readonly redactor?: Redactor;
  /** @default the process */
  readonly host?: Host;
  /** Milliseconds since 1970. @default the system's clock */
  now?(): number;
  /** How long to wait for Terraform to connect, in milliseconds. @default 120000 (Terraform gives up after 60000) */
  readonly connectTimeoutMs?: number;
  /** How long active calls may take once Terraform is gone, in milliseconds. @default 60000 */
  readonly graceMs?: number;
}

export interface Served {
  readonly endpoint: Endpoint;
  /** Completes the active calls, then ends the process. */
  leave(): void;
}

/**
 * Serves a provider to the Terraform that started this process, and ends the process when Terraform is done with it. Pass a
 * function to load the provider only after the handshake, when Terraform is still busy. A debug session calls it for each
 * connection, since it serves many runs, several of them at once.
 */
export async function serve(
  service: ProviderService | (() => ProviderService | Promise<ProviderService>),
  options: ServeOptions,
): Promise<Served | undefined> {
  const host = options.host ?? processHost();
  const log = options.log ?? silentLogger;
  const opened = await open(host, options);
  if (opened === undefined) return undefined;
  const { listener, announce } = opened;

  const calls = new Calls({
    redact: (text) => options.redactor?.redact(text) ?? text,
    onFailure: (rpc, error) => log.error("a call failed", { rpc, error }),
    prepared: options.prepared,
  });
  // Before the handshake: Terraform may send signals as soon as it has read it.
  const lifecycle = new Lifecycle({ ...options, host, listener, calls, log, managed: !options.debug });
  const early: Socket[] = [];
  let accept = (socket: Socket): void => void early.push(socket);
  listener.onConnection((socket) => accept(socket));
  announce();
  // Terraform now connects while the code is loaded.
  listener.prepare();
  const load = () => loadedOnDemand(service, { prepared: options.prepared, log });
  const inject = options.debug ? serveAlone : serveTogether();
  accept = (socket) => {
    lifecycle.connected(socket);
    inject(socket);
  };
  early.splice(0).forEach(accept);
  return { endpoint: listener.endpoint, leave: () => lifecycle.leave() };

  function serveTogether(): (socket: Socket) => void {
    const grpc = createGrpcServer(calls, load().own, lifecycle);
    return (socket) => grpc.inject(socket);
  }

  function serveAlone(socket: Socket): void {
    const { own, close } = load();
    socket.once("close", () => calls.whenIdle(close, own));
    createGrpcServer(calls, own, lifecycle).inject(socket);
  }
}

/** Opens the listener that Terraform asks for, or reports why that is impossible and ends the process. */
async function open(host: Host, options: ServeOptions) {
  const say = (problem: Problem) => host.stderr(`${renderProblem(problem)}\n`);
  const invitation = options.debug ? undefined : readInvitation(host.env, options.name);
  if (invitation && !isInvitation(invitation)) {
    say(invitation);
    host.exit(1);
    return undefined;
  }
  invitation?.warnings.forEach(say);
  const { clientCertificate } = invitation ?? {};
  const tls = clientCertificate
    ? { clientCertificate, certificate: selfSignedCertificate((options.now ?? Date.now)()) }
    : undefined;

  let listener: Listener;
  try {
    listener = await openListener({ ...invitation, platform: host.platform, tls });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    error.problems.forEach(say);
    host.exit(1);
    return undefined;
  }
  const announce = () =>
    host.stdout(
      invitation
        ? handshakeLine(listener.endpoint, tls?.certificate.der, invitation)
        : debugText(reattachValue(options.source, listener.endpoint, host.pid)),
    );
  return { listener, announce };
}

/** Loads the provider. Errors of loading are the answer to its calls. */
function loadedOnDemand(
  service: ProviderService | (() => ProviderService | Promise<ProviderService>),
  { prepared, log }: { readonly prepared: PreparedAnswers | undefined; readonly log: Logger },
): { readonly own: LoadedService; close(): void } {
  let loading: Promise<ProviderService> | undefined;
  const begin = () => {
    const begun = (async () => (typeof service === "function" ? service() : service))();
    begun.catch((error: unknown) => log.error("the provider could not be loaded", { error }));
    return begun;
  };
  const own = () => (loading ??= begin());
  if (prepared === undefined) void own();
  // A provider that no call has needed is not loaded just to be closed.
  const close = () => void loading?.then((loaded) => loaded.close?.()).catch(() => undefined);
  return { own, close };
}

function debugText(value: string): string {
  return `The provider is running. Start terraform in another terminal with\n\n  TF_REATTACH_PROVIDERS='${value}'\n\n`;
}
