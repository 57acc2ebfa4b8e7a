import { HttpClient } from "../../http/client";
import { Snapshot } from "../../http/snapshot";
import { path } from "../../http/url";
import { CallError, RestApi } from "../kit/rest-api";
import type { Runtime } from "../kit/system";
import { KeyedMutex } from "../../core/keyed-mutex";
import { AttachmentCollection } from "./attachment-collection";
import { integrations, type Integration } from "./contract";
import { DefinitionCollection } from "./definition-collection";
import { callFailed, unexpectedAnswer } from "./errors";
import { LevelCollection } from "./level-collection";
import type { UptrendsConnection } from "./settings";

/** An Uptrends account, ready to be asked; nothing is sent before the first question. */
export class UptrendsClient {
  readonly definitions: DefinitionCollection;
  readonly levels: LevelCollection;
  readonly attachments: AttachmentCollection;
  /** Ids that resources of this run have made or taken over. */
  readonly claimed = new Set<string>();
  /** Writes below one alert definition take turns: nothing says that Uptrends keeps them apart. */
  readonly mutex = new KeyedMutex();
  private readonly integrations: Snapshot<readonly Integration[]>;

  constructor(
    { baseUrl, username, password }: UptrendsConnection,
    readonly runtime: Pick<Runtime, "clock" | "log" | "redactor" | "random" | "environment" | "userAgent">,
  ) {
    runtime.redactor.addCredentials(username, password);
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    const http = new HttpClient({
      ...runtime,
      name: "Uptrends",
      baseUrl,
      maxConcurrent: 4,
      authenticator: { authorize: async () => ({ Authorization: authorization }) },
    });
    const api = new RestApi((request) => http.request(request), { callFailed, unexpectedAnswer });
    this.definitions = new DefinitionCollection(api, runtime.clock);
    this.levels = new LevelCollection(api, runtime.clock);
    this.attachments = new AttachmentCollection(api, runtime);
    this.integrations = new Snapshot((signal) =>
      api.read("list the integrations", integrations, { method: "GET", path: path`/Integration`, signal }),
    );
  }

  /** Asks for the list of definitions, which later calls need as well. */
  async checkLogin(signal: AbortSignal): Promise<void> {
    await this.definitions.list(signal);
  }

  /**
   * Undefined when the definition is gone: what lies below a missing one is answered 400, 403 or 404, as is much else,
   * so only the list of definitions can tell.
   */
  async below<T>(definition: string, read: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      const maybe = error instanceof CallError && [400, 403, 404].includes(error.status ?? 0);
      if (maybe && (await this.definitions.find(definition, signal)) === undefined) return undefined;
      throw error;
    }
  }

  /** Those the API account may use. One call per run: the API cannot change them. */
  allIntegrations(signal: AbortSignal): Promise<readonly Integration[]> {
    return this.integrations.get(signal);
  }
}
