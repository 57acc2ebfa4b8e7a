import { Client, credentials, type ServiceError } from "@grpc/grpc-js";
import { certificateBlock } from "../../lib/core/pem";
import { selfSignedCertificate, type ServerIdentity } from "../../lib/terraform-plugin/certificate";
import type { Host } from "../../lib/terraform-plugin/host";
import { rpcs, type RpcName, type Rpcs, type StreamingRpcName } from "../../lib/terraform-plugin/protocol";
import { pluginRpcs } from "../../lib/terraform-plugin/plugin-services";

/** Terraform's side of the protocol, and a process that is none, for tests of the server. */

export const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

export class FakeHost implements Host {
  readonly pid = 4711;
  readonly written = { stdout: "", stderr: "" };
  readonly exited: Promise<number>;
  exitCode: number | undefined;
  readonly timers: { ms: number; action: () => void }[] = [];
  private readonly signals = new Map<string, (() => void)[]>();
  private readonly faults: ((error: unknown) => void)[] = [];
  private resolveExit!: (code: number) => void;

  constructor(
    readonly env: Record<string, string | undefined>,
    readonly platform = "linux",
  ) {
    this.exited = new Promise((resolve) => (this.resolveExit = resolve));
  }

  stdout(text: string): void {
    this.written.stdout += text;
  }
  stderr(text: string): void {
    this.written.stderr += text;
  }
  exit(code: number): void {
    this.exitCode ??= code;
    this.resolveExit(code);
  }
  onSignal(signal: string, listener: () => void): void {
    this.signals.set(signal, [...(this.signals.get(signal) ?? []), listener]);
  }
  onFault(listener: (error: unknown) => void): void {
    this.faults.push(listener);
  }
  after(ms: number, action: () => void) {
    const timer = { ms, action };
    this.timers.push(timer);
    return { cancel: () => void this.timers.splice(this.timers.indexOf(timer) >>> 0, 1) };
  }

  send(signal: string): void {
    const listeners = this.signals.get(signal);
    if (!listeners) throw new Error(`${signal} would have killed the process`);
    for (const listener of listeners) listener();
  }
  fault(error: unknown): void {
    for (const listener of this.faults) listener(error);
  }
  /** Lets the time of all timers come. */
  elapse(): void {
    for (const { action } of this.timers.splice(0)) action();
  }
  /** Lets the time of the timer with this delay come. */
  expire(ms: number): void {
    const timer = this.timers.find((candidate) => candidate.ms === ms);
    if (!timer) throw new Error(`no timer of ${ms} ms: ${this.timers.map((t) => t.ms).join()}`);
    this.timers.splice(this.timers.indexOf(timer), 1);
    timer.action();
  }
}

const clientCertificate: ServerIdentity = selfSignedCertificate(Date.now());

export function environment(extra: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  return {
    TF_PLUGIN_MAGIC_COOKIE: MAGIC_COOKIE,
    PLUGIN_PROTOCOL_VERSIONS: "6,5",
    PLUGIN_CLIENT_CERT: clientCertificate.certificatePem,
    ...extra,
  };
}

export function parseHandshake(line: string) {
  const [core, protocol, network, address, kind, certificate, ...rest] = line.trimEnd().split("|");
  return { core, protocol, network, address: address!, kind, certificate: certificate!, rest };
}

function pemOf(unpaddedBase64: string): string {
  return certificateBlock(Buffer.from(unpaddedBase64, "base64"));
}

export interface ClientOptions {
  /** What the client shows; null for a client without a certificate. */
  readonly identity?: ServerIdentity | null;
  readonly plaintext?: boolean;
}

export class PluginClient {
  private readonly client: Client;

  constructor(handshake: string, { identity = clientCertificate, plaintext = false }: ClientOptions = {}) {
    const { network, address, certificate } = parseHandshake(handshake);
    const trusted = plaintext
      ? credentials.createInsecure()
      : credentials.createSsl(
          Buffer.from(pemOf(certificate)),
          identity ? Buffer.from(identity.privateKeyPem) : null,
          identity ? Buffer.from(identity.certificatePem) : null,
        );
    this.client = new Client(network === "unix" ? `unix:${address}` : address, trusted, {
      "grpc.ssl_target_name_override": "localhost",
      "grpc.default_authority": "localhost",
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
      "grpc.enable_retries": 0,
      // Each its own connection, even to the same address.
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  call<R extends RpcName>(rpc: R, request: object = {}): Promise<Rpcs[R]["response"]> & { cancel(): void } {
    const bytes = rpcs[rpc].request.encode(request as never);
    const answer = this.raw(`/tfplugin6.Provider/${rpc}`, bytes);
    return Object.assign(
      answer.then((response) => rpcs[rpc].response.decode(response) as Rpcs[R]["response"]),
      { cancel: answer.cancel },
    );
  }

  /** A call that is answered by a stream. Nothing is read before it is asked for. */
  stream<R extends StreamingRpcName>(rpc: R, request: object = {}) {
    const { request: asked, response } = rpcs[rpc];
    const pass = (bytes: Buffer) => bytes;
    const bytes = asked.encode(request as never);
    const call = this.client.makeServerStreamRequest(`/tfplugin6.Provider/${rpc}`, pass, pass, bytes);
    const ended = new Promise<ServiceError | undefined>((resolve) => {
      call.on("error", resolve);
      call.on("end", () => resolve(undefined));
    });
    async function* messages() {
      for await (const part of call as AsyncIterable<Buffer>) yield response.decode(part) as Rpcs[R]["response"];
    }
    return { messages, ended, cancel: () => call.cancel() };
  }

  /** All messages of a streamed answer. */
  async streamed<R extends StreamingRpcName>(rpc: R, request: object = {}): Promise<Rpcs[R]["response"][]> {
    const { messages } = this.stream(rpc, request);
    const all: Rpcs[R]["response"][] = [];
    for await (const message of messages()) all.push(message);
    return all;
  }

  raw(path: string, request: Buffer): Promise<Buffer> & { cancel(): void } {
    let cancel = () => {};
    const answer = new Promise<Buffer>((resolve, reject) => {
      const pass = (bytes: Buffer) => bytes;
      const call = this.client.makeUnaryRequest(path, pass, pass, request, (error: ServiceError | null, response) =>
        error ? reject(error) : resolve(response as Buffer),
      );
      cancel = () => call.cancel();
    });
    return Object.assign(answer, { cancel: () => cancel() });
  }

  stdio() {
    const pass = (bytes: Buffer) => bytes;
    const stream = this.client.makeServerStreamRequest(pluginRpcs.streamStdio.path, pass, pass, Buffer.alloc(0));
    stream.on("error", () => undefined);
    return stream;
  }

  shutdown(): Promise<Buffer> {
    return this.raw(pluginRpcs.shutdown.path, Buffer.alloc(0));
  }

  close(): void {
    this.client.close();
  }
}
