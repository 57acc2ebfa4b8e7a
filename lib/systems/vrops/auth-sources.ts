import { CallError, type RestApi } from "../kit/rest-api";
import { authSources } from "./contract";

/** A source of vROps users besides its local accounts. */
export interface AuthSource {
  readonly name: string;
  /** `ACTIVE_DIRECTORY`, `VIDM`, …; undefined when it is not shown. */
  readonly type: string | undefined;
}

/** Lists the sources without a login, as the interface description allows; undefined where vROps refuses. */
export async function listAuthSources(api: RestApi, signal: AbortSignal): Promise<readonly AuthSource[] | undefined> {
  const request = { method: "GET", path: "/api/auth/sources", retry: "once", anonymous: true, signal } as const;
  try {
    const { sources } = await api.read("list the authentication sources", authSources, request);
    return (sources ?? []).map(({ name, sourceType }) => ({
      name,
      type: sourceType?.id ?? sourceType?.name ?? undefined,
    }));
  } catch (error) {
    if (error instanceof CallError) return undefined;
    throw error;
  }
}
