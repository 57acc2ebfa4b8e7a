import { ProblemError } from "../../core/problem";
import type { RestApi } from "../kit/rest-api";
import type { Grant } from "../kit/token";
import { listAuthSources } from "./auth-sources";
import { loginFailed } from "./login.errors";
import type { VropsConnection } from "./settings";

/**
 * Acquires a token. Every call extends its life, so only a refusal shows that it has ended.
 *
 * @throws ProblemError `vrops/login-refused`, `vrops/login-not-by-password`, `vrops/unknown-auth-source`,
 * `vrops/login-failed`
 */
export async function logIn(api: RestApi, connection: VropsConnection, signal: AbortSignal): Promise<Grant> {
  const { username, password, authSource } = connection;
  const response = await api.call("log in", {
    method: "POST",
    path: "/api/auth/token/acquire",
    // Omitted for local users: releases spell the local source differently.
    body: { username, password, ...(authSource === undefined ? {} : { authSource }) },
    accept: [400, 401, 403],
    retry: "once",
    anonymous: true,
    signal,
  });
  // A value that is not an object has no such member either.
  const token = (response.data as { readonly token?: unknown } | undefined | null)?.token;
  if (response.status < 300 && typeof token === "string" && token !== "") return { token };
  const sources = response.status === 401 ? await listAuthSources(api, signal) : undefined;
  throw new ProblemError(loginFailed(response, connection, sources));
}
