import type { WebApp } from "../../kit/simulator/web-app";
import type { WebRequest } from "../../kit/simulator/web";
import * as wire from "../contract";
import { validated } from "./body";
import type { Credentials } from "./credentials";
import { originOf, type Guard, type CallerLogin } from "./guard";
import { loginPage, noSuchLogin, VALIDITIES } from "./login-page";
import * as refuse from "./refusals";

const ACCOUNT = "xx11111-ovh";

/** Adds the routes of one API version for the caller's identity and permissions, and for requesting a consumer key. */
export function addLoginRoutes(app: WebApp, version: string, guard: Guard, credentials: Credentials): void {
  app.get(`${version}/auth/time`, async () => guard.serverSeconds());

  app.post(`${version}/auth/credential`, async (request) => {
    guard.checkApplication(request);
    const { accessRules, redirection, allowedIPs } = validated(wire.requestCredential, request);
    const wish = { rules: accessRules, redirection: redirection ?? null, allowedIPs: allowedIPs ?? null };
    const { consumerKey, status, pageToken } = credentials.request(wish);
    return {
      consumerKey,
      state: status,
      validationUrl: `${originOf(request)}/auth/?credentialToken=${encodeURIComponent(pageToken)}`,
    };
  });

  app.get(`${version}/auth/currentCredential`, async (request) => {
    const login = guard.check({ request, version, action: "account:apiovh:auth/currentCredential", isOfItself: true });
    // The API's answer to a service account, which has no consumer key, is not documented.
    if (login.method !== "account") throw refuse.noConsumerKey();
    return credentials.shown(login.credential);
  });

  app.get(`${version}/auth/details`, async (request) => {
    return detailsOf(guard.check({ request, version, action: "account:apiovh:auth/details", isOfItself: true }));
  });

  app.get(`${version}/me`, async (request) => {
    guard.check({ request, version, action: "account:apiovh:me/get" });
    return {
      nichandle: ACCOUNT,
      email: "owner@example.com",
      name: "Owner",
      firstname: "Olivia",
      country: "FR",
      ovhSubsidiary: "FR",
      ovhCompany: "ovh",
      state: "complete",
      language: "en_GB",
    };
  });
}

function detailsOf(login: CallerLogin) {
  const isKey = login.method === "account";
  return {
    account: ACCOUNT,
    method: login.method,
    user: null,
    identities: [isKey ? `urn:v1:eu:identity:account:${ACCOUNT}` : `urn:v1:eu:identity:credential:${ACCOUNT}/oauth2-1`],
    roles: [],
    allowedRoutes: isKey ? login.credential.rules : null,
    description: null,
  };
}

/** Adds the token endpoint for service accounts. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
export function addTokenRoute(app: WebApp, guard: Guard): void {
  app.post("/auth/oauth2/token", async (request, reply) => {
    const form = new URLSearchParams(typeof request.body === "string" ? request.body : "");
    const basic = /^Basic (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const [id, secret] = basic
      ? Buffer.from(basic, "base64").toString().split(":").map(decodeURIComponent)
      : [form.get("client_id"), form.get("client_secret")];
    if (form.get("grant_type") !== "client_credentials")
      return reply.code(400).send({ error: "unsupported_grant_type" });
    const granted = guard.grant(id, secret);
    if (granted === undefined) {
      return reply
        .code(400)
        .send({ error: "invalid_client", error_description: "ovhcloud oauth2 client does not exists" });
    }
    return { access_token: granted.token, token_type: "Bearer", expires_in: granted.seconds, scope: "all" };
  });
}

/** Adds the page to which an application sends the owner of the account. Whoever opens it counts as logged in. */
export function addLoginPage(app: WebApp, credentials: Credentials): void {
  const asked = (request: WebRequest) =>
    credentials.onPage(new URLSearchParams(queryOf(request)).get("credentialToken"));

  app.get("/auth/", async (request, reply) => {
    const credential = asked(request);
    reply.type("text/html; charset=utf-8");
    return credential === undefined ? reply.code(404).send(noSuchLogin()) : loginPage(credential);
  });

  app.post("/auth/", async (request, reply) => {
    const credential = asked(request);
    reply.type("text/html; charset=utf-8");
    if (credential?.status !== "pendingValidation") return reply.code(404).send(noSuchLogin());
    const form = new URLSearchParams(typeof request.body === "string" ? request.body : "");
    const seconds = VALIDITIES[form.get("validity") ?? "Unlimited"];
    if (form.get("decision") !== "validate" || seconds === undefined) credentials.refuse(credential.consumerKey);
    else credentials.validate(credential.consumerKey, seconds);
    const { redirection } = credential;
    if (redirection !== null && /^https?:\/\//.test(redirection))
      return reply.code(302).header("location", redirection).send("");
    return loginPage(credentials.withKey(credential.consumerKey)!);
  });
}

const queryOf = ({ url }: WebRequest): string => url.split("?").slice(1).join("?");
