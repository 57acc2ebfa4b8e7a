import type { Runtime } from "../kit/system";
import { HttpClient } from "../../http/client";
import { RestApi } from "../kit/rest-api";
import { version } from "./contract";
import { callFailed, unexpectedAnswer } from "./errors";
import { PluginCollection } from "./plugin-collection";
import { RuleCollection } from "./rule-collection";
import type { VropsConnection } from "./settings";
import { TokenAuthenticator } from "./token";

/** A vROps, ready to be asked; nothing is sent before the first question. */
export class VropsClient {
  readonly plugins: PluginCollection;
  readonly rules: RuleCollection;
  private readonly api: RestApi;
  private readonly authenticator: TokenAuthenticator;

  constructor(
    connection: VropsConnection,
    runtime: Pick<Runtime, "clock" | "log" | "redactor" | "random" | "environment" | "userAgent">,
  ) {
    const options = {
      name: "vROps",
      baseUrl: connection.baseUrl,
      clock: runtime.clock,
      log: runtime.log,
      redactor: runtime.redactor,
      random: runtime.random,
      environment: runtime.environment,
      userAgent: runtime.userAgent,
      ...(connection.ca === undefined ? {} : { ca: connection.ca }),
    };
    // Logging in has a client of its own: requests that wait for the token must not stand in its way.
    const login = new HttpClient({ ...options, maxConcurrent: 1 });
    this.authenticator = new TokenAuthenticator(connection, (request) => login.request(request), runtime.redactor);
    const http = new HttpClient({ ...options, authenticator: this.authenticator });
    this.api = new RestApi((request) => http.request(request), { callFailed, unexpectedAnswer });
    this.plugins = new PluginCollection(this.api, runtime.redactor);
    this.rules = new RuleCollection(this.api);
  }

  /** Logs in, if nothing has yet: the token serves all later calls. */
  async checkLogin(signal: AbortSignal): Promise<void> {
    await this.authenticator.token(signal);
  }

  /** "VCF Operations 9.1.0.0". `major` and `minor` of the answer are of no use: before 9.1 they count API versions. */
  async release(signal: AbortSignal): Promise<string> {
    const reply = await this.api.read("read the version", version, {
      method: "GET",
      path: "/api/versions/current",
      signal,
    });
    return reply.releaseName;
  }
}
