import type { Clock } from "../../core/clock";
import type { Redactor } from "../../core/redaction";
import type { HttpRequest, HttpResponse } from "../../http/types";
import { path } from "../../http/url";
import { Collection } from "../kit/collection";
import { isMask } from "../kit/mask";
import type { RestApi } from "../kit/rest-api";
import { theObject, type ObjectRef, type ObjectWords } from "../kit/words";
import {
  plugin,
  plugins,
  rules,
  type CertificateAcceptance,
  type ChangedPlugin,
  type Plugin,
  type NotificationRule,
} from "./contract";
import { pluginWords } from "./plugin.words";
import { isInvalidParameter } from "./refusals";
import { looksSecret } from "./secrets";

const COLLECTION = "/api/alertplugins";

/** Calls without a body also declare JSON, like the vendor's own tools; otherwise the HTTP library would declare a form. */
const EMPTY_BODY = { "Content-Type": "application/json" };

export type PluginRef = ObjectRef & { readonly id: string };

/** The outbound plugins of one vROps, whatever their type. The redactor learns the secrets that it shows. */
export function pluginsOf(api: RestApi, clock: Clock, redactor: Redactor): Plugins {
  const objects = new Collection<Plugin>({
    api,
    clock,
    words: pluginWords,
    path: COLLECTION,
    item: plugin,
    idOf: ({ pluginId }) => pluginId,
    nameOf: ({ name }) => name,
    async list(signal) {
      const reply = await api.read("list the outbound plugins", plugins, { method: "GET", path: COLLECTION, signal });
      return reply.notificationPluginInstances ?? [];
    },
    // Lists may be short forms.
    isWhole: ({ configValues }) => Boolean(configValues),
    // An unknown id and a broken request have the same answer here.
    absence: { unsure: [400, 500], mayBe: isInvalidParameter },
    learn({ configValues }) {
      for (const { name, value } of configValues ?? []) {
        if (looksSecret(name) && value && !isMask(value)) redactor.add(value);
      }
    },
  });
  return new Plugins(api, objects, pluginWords);
}

/** The plugins under the words of one resource type, with the calls that only plugins have. */
export class Plugins {
  constructor(
    private readonly api: RestApi,
    readonly objects: Collection<Plugin>,
    readonly words: ObjectWords,
  ) {}

  /** The same plugins under the words of another resource type. */
  as(words: ObjectWords): Plugins {
    return new Plugins(this.api, this.objects.as(words), words);
  }

  /**
   * Writes the settings of a plugin, which must be disabled. Only the answer contains certificates; only the plugin itself
   * shows whether the settings are kept.
   *
   * @throws CallError on a stale `version` (8.x)
   */
  update(body: ChangedPlugin, signal: AbortSignal): Promise<Plugin> {
    // A 500 is usually a refusal here, and because of the version lock a repeat would fail after a success.
    return this.write("change", body, { method: "PUT", path: COLLECTION, body, retry: "once", signal });
  }

  acceptCertificates(body: CertificateAcceptance, signal: AbortSignal): Promise<Plugin> {
    return this.write("accept the certificate of", body, { method: "PATCH", path: COLLECTION, body, signal });
  }

  async setEnabled(ref: PluginRef, enabled: boolean, signal: AbortSignal): Promise<void> {
    await this.objects.writing(() =>
      this.api.write(`${enabled ? "enable" : "disable"} ${theObject(this.words, ref)}`, {
        method: "PUT",
        path: path`/api/alertplugins/${ref.id}/enable/${String(enabled)}`,
        headers: EMPTY_BODY,
        signal,
      }),
    );
  }

  /** False when it was gone already. 8.x deletes dependent rules: callers check these first. */
  delete(ref: PluginRef, signal: AbortSignal): Promise<boolean> {
    return this.objects.delete(ref, signal, { query: { checkDependencies: true } });
  }

  /** The rules that send through the plugin; undefined where this call does not exist. */
  async rulesOf(ref: PluginRef, signal: AbortSignal): Promise<readonly NotificationRule[] | undefined> {
    const doing = `list the rules of ${theObject(this.words, ref)}`;
    const response = await this.api.call(doing, {
      method: "GET",
      path: path`/api/alertplugins/${ref.id}/rules`,
      accept: [400, 404, 405],
      signal,
    });
    return response.status < 300 ? (this.api.parse(doing, rules, response).rules ?? []) : undefined;
  }

  /** Makes vROps send a test through the plugin. Returns the raw answer: its meaning depends on more than its status. */
  test(id: string, receiver: string | undefined, signal: AbortSignal): Promise<HttpResponse> {
    return this.api.call(`test ${theObject(this.words, { id })}`, {
      method: "POST",
      path: path`/api/alertplugins/${id}/test`,
      query: { receiverAddress: receiver },
      headers: EMPTY_BODY,
      accept: [400, 404, 405, 409, 422, 500, 503],
      retry: "once",
      signal,
    });
  }

  private write(doing: string, { name, pluginId }: ChangedPlugin, request: HttpRequest): Promise<Plugin> {
    const what = `${doing} ${theObject(this.words, { name, id: pluginId })}`;
    return this.objects.writing(() => this.api.read(what, plugin, request));
  }
}
