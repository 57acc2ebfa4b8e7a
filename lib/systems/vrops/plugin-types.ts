import { path } from "../../http/url";
import type { RestApi } from "../kit/rest-api";
import { quoted } from "../kit/words";
import { pluginType, pluginTypes, type PluginType } from "./contract";
import { isInvalidParameter } from "./refusals";

/** The plugin types that vROps describes; each is read once a run. */
export class PluginTypes {
  private readonly types = new Map<string, Promise<PluginType | undefined>>();

  constructor(private readonly api: RestApi) {}

  /** A type by its id; undefined when it does not exist. */
  get(id: string, signal: AbortSignal): Promise<PluginType | undefined> {
    const known = this.types.get(id);
    if (known !== undefined) return known;
    const type = this.read(id, signal);
    this.types.set(id, type);
    type.catch(() => this.types.delete(id));
    return type;
  }

  async names(signal: AbortSignal): Promise<readonly string[]> {
    const request = { method: "GET", path: "/api/alertplugins/types", signal } as const;
    return (await this.api.read("list the plugin types", pluginTypes, request)).notificationPluginType ?? [];
  }

  private async read(id: string, signal: AbortSignal): Promise<PluginType | undefined> {
    const doing = `read the plugin type ${quoted(id)}`;
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
}
