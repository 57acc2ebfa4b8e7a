export { HttpClient } from "./client";
export { HttpError } from "./error";
export { requestFailed } from "./errors";
export { requestOnce } from "./request-once";
export { Snapshot } from "./snapshot";
export { isLoopback, path } from "./url";
export type * from "./types";
