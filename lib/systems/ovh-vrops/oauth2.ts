import { ProblemError } from "../../core/problem";
import { excerpt } from "../../http/body";
import type { HttpRequest, HttpResponse } from "../../http/types";
import type { Grant } from "../kit/token";
import { vendorText } from "../kit/vendor-text";
import { token, tokenRefusal } from "./contract";
import { serviceAccountRefused } from "./refusals.errors";

export interface ServiceAccount {
  readonly clientId: string;
  readonly clientSecret: string;
}

const DEFAULT_LIFE_SECONDS = 3_600;

/**
 * A token for a service account (OAuth2 client credentials).
 *
 * @param post sends to the token URL
 * @throws ProblemError `ovh/service-account-refused`
 * @see https://github.com/ovh/docs (pages/account_and_service_management/account_information/authenticate-api-with-service-account)
 */
export async function grantTo(
  { clientId, clientSecret }: ServiceAccount,
  post: (request: Pick<HttpRequest, "form" | "accept" | "retry">) => Promise<HttpResponse>,
): Promise<Grant> {
  const response = await post({
    form: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope: "all" },
    // The status of a refusal is not documented, and SDKs disagree: the body decides.
    accept: [400, 401, 403],
    // A second token does no harm.
    retry: "safe",
  });
  const granted = token.safeParse(response.data).data;
  if (granted !== undefined) {
    return { token: granted.access_token, lifeSeconds: granted.expires_in ?? DEFAULT_LIFE_SECONDS };
  }
  const refused = tokenRefusal.safeParse(response.data).data;
  const words = refused ? `${refused.error} ${refused.error_description ?? ""}` : excerpt(response.text);
  throw new ProblemError(serviceAccountRefused(vendorText(response, [words.trim()])));
}
