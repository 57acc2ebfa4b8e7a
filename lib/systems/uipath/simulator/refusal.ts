import { inOneLine, type Misfit } from "../../kit/simulator/checked";
import { Refusal, retryAfter } from "../../kit/simulator/refusal";

const TRACE = "00-bd4a7543705b2747933bd4cfafa16978-ed0661fffe491b88-00";

/** A refusal in Orchestrator's form. */
export const orchestrator = (status: number, message: string, errorCode: number) =>
  new Refusal(status, { message, errorCode, traceId: TRACE });

export const notAuthenticated = () => orchestrator(401, "You are not authenticated!", 0);
export const notAuthorized = () => orchestrator(403, "You are not authorized!", 0);
export const notFound = (what: string) => orchestrator(404, `${what} does not exist.`, 1002);
export const invalidInput = (misfit: Misfit) =>
  orchestrator(400, `The input was not valid. ${inOneLine(misfit)}`, 1000);
export const nameTaken = (what: string) => orchestrator(409, `${what} already exists.`, 1001);
/** Invalid JSON and the like. */
export const unexpected = (status: number, what: string) => orchestrator(status, what, 1000);
/** An unknown route of an API; for any other address, the portal has a page. */
export const noSuchRoute = ({ url }: { readonly url: string }) =>
  /odata|\/api\//i.test(url) ? orchestrator(404, "The requested resource was not found.", 0) : portalPage();
/** The name of this error code is documented, its number is not. */
export const smtpSettingsError = (message: string) => orchestrator(400, message, 2400);

/** A refusal in OAuth2's form. */
export const oauth = (error: string) => new Refusal(400, { error });

/** A refusal in the form of the login by user name. */
export const loginFailed = () =>
  new Refusal(401, {
    result: null,
    targetUrl: null,
    success: false,
    error: {
      code: 0,
      message: "Invalid username/email address or password.",
      details: null,
      validationErrors: null,
    },
    unAuthorizedRequest: false,
    __abp: true,
  });

/** A refusal of the Identity service, whose form is not documented; problem details are usual for such services. */
export const identity = (status: number, title: string, errors: Record<string, string[]> = {}) =>
  new Refusal(status, { type: "about:blank", title, status, errors, traceId: TRACE });

export const identityInvalid = (misfit: Misfit) =>
  identity(400, "One or more validation errors occurred.", { body: [inOneLine(misfit)] });
export const invalidPartition = () =>
  new Refusal(400, { error: { code: "InvalidPartition", message: "The partition is not valid." } });
export const unsupportedApiVersion = () =>
  new Refusal(405, {
    error: { code: "UnsupportedApiVersion", message: "The HTTP resource does not support the API version." },
  });

export const tooManyRequests = (seconds: number | undefined) =>
  new Refusal(429, { title: "Too Many Requests", status: 429 }, retryAfter(seconds));

/** The answer of a portal address: a page, with 200. */
export const portalPage = () =>
  new Refusal(
    200,
    "<!doctype html><html><head><title>UiPath</title></head><body>UiPath Automation Suite</body></html>",
    {
      "content-type": "text/html;charset=utf-8",
    },
  );
