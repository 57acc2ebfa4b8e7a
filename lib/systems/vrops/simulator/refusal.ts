import { placeOf, type Misfit } from "../../kit/simulator/checked";
import { Refusal } from "../../kit/simulator/refusal";

function envelope(status: number, message: string, rest: Record<string, unknown> = {}): Refusal {
  return new Refusal(status, { type: "Error", message, httpStatusCode: status, ...rest });
}

export const badCredentials = () =>
  envelope(401, "The provided username/password or token is not valid. Please try again.", { apiErrorCode: 401 });

export const badToken = (scheme: string) =>
  new Refusal(401, {
    message: `The provided token for auth scheme "${scheme}" is either invalid or has expired.`,
    httpStatusCode: 401,
    apiErrorCode: 1512,
  });

/** The answer of vROps when the way of logging in, not the password, is wrong: a web page. */
export const notAuthorizedPage = () =>
  new Refusal(401, "<html><head><title>Error</title></head><body>Not Authorized</body></html>", {
    "content-type": "text/html;charset=utf-8",
    "www-authenticate": "OpsToken, VCToken, SSO2Token, CSPToken, VIDBToken",
  });

export const noSuchRoute = () =>
  new Refusal(404, "<html><body><h1>HTTP Status 404 - Not Found</h1></body></html>", {
    "content-type": "text/html;charset=utf-8",
  });

export const unknownObject = (status: number, what: string, id: string) =>
  envelope(status, `Value "${id}" is invalid for the request parameter "${what}".`, {
    apiErrorCode: status === 404 ? 404 : 1501,
  });

export const notFound = (message: string) => envelope(404, message, { apiErrorCode: 404 });

export const internalError = (errorMessage: string) =>
  envelope(500, "Internal Server error, cause unknown.", {
    apiErrorCode: 500,
    moreInformation: [
      { name: "errorMessage", value: errorMessage },
      { name: "localizedMessage", value: errorMessage },
    ],
  });

export const staleVersion = (status: number, sent: unknown, current: number) =>
  status === 500
    ? internalError(`Row was updated or deleted by another transaction: version ${String(sent)}, current ${current}`)
    : envelope(status, `The version ${String(sent)} is stale; the current one is ${current}.`, { apiErrorCode: 1514 });

export const conflict = (status: number, message: string) => envelope(status, message, { apiErrorCode: 1518 });

/** The refusal of a duplicate name, which the vendor does not document. */
export const nameTaken = (status: number, what: string) => conflict(status, `An ${what} already exists.`);

/** The refusal of a body that violates the contract, with the places. */
export const invalidBody = (misfit: Misfit) => invalid(422, misfit);

export const invalidLogin = (misfit: Misfit) => invalid(400, misfit);

/** Invalid JSON and the like; the server's own words where it is at fault. */
export const unexpected = (status: number, what: string) =>
  status < 500
    ? new Refusal(status, { message: "Invalid input format.", httpStatusCode: status, apiErrorCode: 1501 })
    : internalError(what);

function invalid(status: number, { issues }: Misfit): Refusal {
  return envelope(status, "Invalid input format.", {
    apiErrorCode: 1501,
    validationFailures: issues.map((issue) => ({ failureMessage: issue.message, violationPath: placeOf(issue, "") })),
  });
}
