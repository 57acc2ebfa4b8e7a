import { Refusal, retryAfter } from "../../kit/simulator/refusal";

/** The reasons in the API's error bodies, of which there are two families. */

const REASONS: Readonly<Record<number, string>> = { 400: "Bad Request", 403: "Forbidden", 429: "Too Many Requests" };

const gateway = (status: number, errorCode: string, message: string, headers?: Readonly<Record<string, string>>) =>
  new Refusal(status, { errorCode, httpCode: `${status} ${REASONS[status]}`, message }, headers);

const application = (status: number, kind: string, message: string, details?: Record<string, string>) =>
  new Refusal(status, { class: `Client::${kind}`, message, ...(details && { details }) });

export const invalidSignature = () => gateway(400, "INVALID_SIGNATURE", "Invalid signature");
export const outOfTime = () => gateway(403, "QUERY_TIME_OUT", "Query out of time");
export const invalidKey = () => gateway(403, "INVALID_KEY", "This application key is invalid");
export const invalidCredential = () => gateway(403, "INVALID_CREDENTIAL", "This credential is not valid");
export const loginMissing = () => gateway(403, "NOT_CREDENTIAL", "You must login first");
export const notGranted = () => gateway(403, "NOT_GRANTED_CALL", "This call has not been granted");
export const tooMany = (seconds: number | undefined) =>
  gateway(429, "TOO_MANY_REQUESTS", "Too many requests", retryAfter(seconds));

export const tokenInvalid = () => application(401, "Unauthorized", "Invalid or expired token");
export const actionRefused = (action: string) =>
  application(403, "Forbidden", "User not granted for this request", {
    unauthorizedActionsByAuthentication: "",
    unauthorizedActionsByIAM: action,
  });
export const invalidUrl = () => application(404, "NotFound", "Got an invalid (or empty) URL");
export const noSuch = (what: string) => application(404, "NotFound", `The requested object (${what}) does not exist`);
export const taken = (ip: string, port: number) =>
  application(409, "Conflict", `An outgoing flow to ${ip}:${port} already exists`);
export const defect = () =>
  new Refusal(500, { class: "Server::InternalServerError", message: "Internal server error" });
export const expired = () => application(460, "Expired", "This service is expired");
export const invalidParameter = (name: string, value: unknown, type: string) =>
  application(400, "BadRequest", `[${name}] Given data (${String(value)}) is not valid for type ${type}`);
export const missingParameter = (name: string) =>
  application(400, "BadRequest", `[${name}] Missing required parameter`);
export const noConsumerKey = () => application(403, "Forbidden", "This call is for consumer keys");
export const notJson = () => application(400, "BadRequest", "Invalid JSON received");
