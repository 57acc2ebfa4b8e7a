import type { HttpRequest, HttpResponse } from "../../http/types";
import { openApi, type RestApi } from "../kit/rest-api";
import type { ApiRuntime } from "../kit/system";
import { Token } from "../kit/token";
import { version } from "./contract";
import { emailPluginWords } from "./email-plugin.words";
import { logIn } from "./login";
import { PluginTypes } from "./plugin-types";
import { pluginsOf, type Plugins } from "./plugins";
import { isTokenRefused, refusals } from "./refusals";
import { Rules } from "./rules";
import type { VropsConnection } from "./settings";
import { vropsWords } from "./words";

/** A vROps; nothing is sent before the first call. */
export class VropsClient {
  /** The plugins, under the words of the resource for all types but e-mail. */
  readonly plugins: Plugins;
  readonly emailPlugins: Plugins;
  readonly pluginTypes: PluginTypes;
  readonly rules: Rules;
  private readonly api: RestApi;
  private readonly token: Token;

  constructor(connection: VropsConnection, runtime: ApiRuntime) {
    const { clock, redactor } = runtime;
    const { baseUrl, username, password } = connection;
    redactor.addCredentials(username, password);
    this.token = new Token({
      system: vropsWords,
      clock,
      redactor,
      // The only scheme that both 8.x and 9.x accept.
      scheme: "vRealizeOpsToken",
      acquire: (signal) => logIn(this.api, connection, signal),
      refuses: isTokenRefused,
    });
    this.api = openApi({ words: vropsWords, runtime, baseUrl, refusals, authenticator: this.token });
    this.plugins = pluginsOf(this.api, clock, redactor);
    this.emailPlugins = this.plugins.as(emailPluginWords);
    this.pluginTypes = new PluginTypes(this.api);
    this.rules = new Rules(this.api, clock);
  }

  /** Logs in, unless an earlier call has: the token serves all later calls. */
  async checkLogin(signal: AbortSignal): Promise<void> {
    await this.token.text(signal);
  }

  /** Returns the raw answer to a request, for callers that check its form themselves. */
  ask(doing: string, request: HttpRequest): Promise<HttpResponse> {
    return this.api.call(doing, request);
  }

  /**
   * The name of the release: "VCF Operations 9.1.0.0". `major` and `minor` of the answer are unusable: before 9.1 they count
   * API versions.
   */
  async release(signal: AbortSignal): Promise<string> {
    const request = { method: "GET", path: "/api/versions/current", signal } as const;
    return (await this.api.read("read the version", version, request)).releaseName;
  }
}
