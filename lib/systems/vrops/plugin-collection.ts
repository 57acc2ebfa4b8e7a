import type { Redactor } from "../../core/redaction";
import type { HttpResponse } from "../../http/types";
import { Snapshot } from "../../http/snapshot";
import { path } from "../../http/url";
import type { RestApi } from "../kit/rest-api";
import {
  plugin,
  plugins,
  pluginType,
  pluginTypes,
  rules,
  type CertificateAcceptance,
  type ChangedPlugin,
  type NewPlugin,
  type Plugin,
  type PluginType,
  type Rule,
} from "./contract";
import { Claims } from "./claims";
import { isInvalidParameter } from "./envelope";
import { isMask } from "../kit/mask";
import { looksSecret } from "./secrets";

const COLLECTION = "/api/alertplugins";

/** Calls without a body still say JSON, as the vendor's own tools do; otherwise the HTTP library would say "form". */
const EMPTY_BODY = { "Content-Type": "application/json" };

/** The outbound plugins of one vROps. One list call serves all readers until something is written. */
export class PluginCollection {
  private readonly snapshot: Snapshot<readonly Plugin[]>;
  private readonly types = new Map<string, Promise<PluginType | undefined>>();
  readonly claims = new Claims("plugin");

  constructor(
    private readonly api: RestApi,
    private readonly redactor: Redactor,
  ) {
    this.snapshot = new Snapshot(async (signal) => {
      const reply = await api.read("list the outbound plugins", plugins, { method: "GET", path: COLLECTION, signal });
      return (reply.notificationPluginInstances ?? []).map((item) => this.seen(item));
    });
  }

  list(signal: AbortSignal): Promise<readonly Plugin[]> {
    return this.snapshot.get(signal);
  }

  /** From the shared list; undefined when it is gone. */
  async find(id: string, signal: AbortSignal): Promise<Plugin | undefined> {
    const listed = (await this.list(signal)).find((item) => item.pluginId === id);
    // Lists may be short forms, and may be older than the object.
    return listed?.configValues ? listed : this.get(id, signal);
  }

  /** Asked now; undefined when it is gone. */
  async get(id: string, signal: AbortSignal): Promise<Plugin | undefined> {
    const doing = `read the plugin ${id}`;
    const response = await this.api.call(doing, {
      method: "GET",
      path: path`/api/alertplugins/${id}`,
      accept: [400, 404, 500],
      signal,
    });
    if (response.status < 300) return this.seen(this.api.parse(doing, plugin, response));
    if (response.status === 404) return undefined;
    if (!isInvalidParameter(response)) throw this.api.refusal(doing, response);
    // An unknown id and a broken request look the same here; the list knows.
    this.snapshot.invalidate();
    return (await this.list(signal)).find((item) => item.pluginId === id);
  }

  create(body: NewPlugin, signal: AbortSignal): Promise<Plugin> {
    return this.snapshot.whileWriting(() =>
      this.api.read(`create the plugin ${JSON.stringify(body.name)}`, plugin, {
        method: "POST",
        path: COLLECTION,
        body,
        signal,
      }),
    );
  }

  /** The plugin must be disabled. Throws a `CallError` on a stale `version` (8.x). */
  update(body: ChangedPlugin, signal: AbortSignal): Promise<Plugin> {
    return this.snapshot.whileWriting(() =>
      this.api.read(`update the plugin ${JSON.stringify(body.name)}`, plugin, {
        method: "PUT",
        path: COLLECTION,
        body,
        // A 500 here is mostly a refusal, and with the version lock a repeat would fail for its own success.
        retry: "once",
        signal,
      }),
    );
  }

  acceptCertificates(body: CertificateAcceptance, signal: AbortSignal): Promise<Plugin> {
    return this.snapshot.whileWriting(() =>
      this.api.read(`accept the certificate of ${JSON.stringify(body.name)}`, plugin, {
        method: "PATCH",
        path: COLLECTION,
        body,
        signal,
      }),
    );
  }

  async setEnabled(id: string, enabled: boolean, signal: AbortSignal): Promise<void> {
    await this.snapshot.whileWriting(() =>
      this.api.call(`${enabled ? "enable" : "disable"} the plugin ${id}`, {
        method: "PUT",
        path: path`/api/alertplugins/${id}/enable/${String(enabled)}`,
        headers: EMPTY_BODY,
        signal,
      }),
    );
  }

  /** False when it was gone already. Throws a `CallError` when something depends on it. */
  async delete(id: string, signal: AbortSignal): Promise<boolean> {
    const doing = `delete the plugin ${id}`;
    return this.snapshot.whileWriting(async () => {
      const response = await this.api.call(doing, {
        method: "DELETE",
        path: path`/api/alertplugins/${id}`,
        // 8.x does not know the parameter and deletes dependent rules: callers look for these first.
        query: { checkDependencies: true },
        accept: [400, 404, 500],
        signal,
      });
      if (response.status < 300) return true;
      if (response.status === 404) return false;
      if (isInvalidParameter(response)) {
        this.snapshot.invalidate();
        if (!(await this.list(signal)).some((item) => item.pluginId === id)) return false;
      }
      throw this.api.refusal(doing, response);
    });
  }

  /** The rules that send through the plugin; undefined where this call does not exist. */
  async rulesOf(id: string, signal: AbortSignal): Promise<readonly Rule[] | undefined> {
    const doing = `list the rules of the plugin ${id}`;
    const response = await this.api.call(doing, {
      method: "GET",
      path: path`/api/alertplugins/${id}/rules`,
      accept: [400, 404, 405],
      signal,
    });
    return response.status < 300 ? (this.api.parse(doing, rules, response).rules ?? []) : undefined;
  }

  /** Has vROps send a test through the plugin. The raw answer: what it means depends on more than its status. */
  test(id: string, receiver: string | undefined, signal: AbortSignal): Promise<HttpResponse> {
    return this.api.call(`test the plugin ${id}`, {
      method: "POST",
      path: path`/api/alertplugins/${id}/test`,
      query: { receiverAddress: receiver },
      headers: EMPTY_BODY,
      accept: [400, 404, 405, 409, 422, 500, 503],
      retry: "once",
      signal,
    });
  }

  /** What vROps knows of a plugin type; undefined when it has no such type. Asked once a run. */
  type(id: string, signal: AbortSignal): Promise<PluginType | undefined> {
    let type = this.types.get(id);
    if (type === undefined) {
      type = this.readType(id, signal);
      this.types.set(id, type);
      type.catch(() => this.types.delete(id));
    }
    return type;
  }

  async typeNames(signal: AbortSignal): Promise<readonly string[]> {
    const reply = await this.api.read("list the plugin types", pluginTypes, {
      method: "GET",
      path: "/api/alertplugins/types",
      signal,
    });
    return reply.notificationPluginType ?? [];
  }

  private async readType(id: string, signal: AbortSignal): Promise<PluginType | undefined> {
    const doing = `read the plugin type ${JSON.stringify(id)}`;
    const response = await this.api.call(doing, {
      method: "GET",
      path: path`/api/alertplugins/types/${id}`,
      accept: [400, 404, 500],
      signal,
    });
    if (response.status < 300) return this.api.parse(doing, pluginType, response);
    if (response.status === 404 || isInvalidParameter(response)) return undefined;
    throw this.api.refusal(doing, response);
  }

  /** Secrets that the server shows are known as such before anybody can write them to a log. */
  private seen(item: Plugin): Plugin {
    for (const { name, value } of item.configValues ?? []) {
      if (looksSecret(name) && value && !isMask(value)) this.redactor.add(value);
    }
    return item;
  }
}
