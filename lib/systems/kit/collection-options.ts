import type * as z from "../../core/zod";
import type { Clock } from "../../core/clock";
import type { HttpRequest, HttpResponse } from "../../http/types";
import type { RestApi } from "./rest-api";
import type { ObjectWords } from "./words";

/** The options of a Collection: a list and its objects. */
export interface CollectionOptions<T extends object> {
  readonly api: RestApi;
  readonly clock: Clock;
  readonly words: ObjectWords;
  /** The path of the collection; POST creates. */
  readonly path: string;
  /** The path of one object. @default `path/id` */
  readonly pathOf?: (id: string) => string;
  /** The schema of one object, read by id. */
  readonly item: z.ZodMiniType<T>;
  readonly idOf: (item: T) => string;
  readonly nameOf: (item: T) => string;
  /** Whether two ids are the same, in whatever notation. @default whether they are equal */
  readonly sameId?: (one: string, other: string) => boolean;
  /** Reads the whole list, all its pages. */
  readonly list: (signal: AbortSignal) => Promise<readonly T[]>;
  /** True when the vendor documents no list call, so that it may be missing. @default false */
  readonly mayLackList?: boolean;
  /** False for the short form of an object that a list may contain; the object is then read by id. @default true */
  readonly isWhole?: (item: T) => boolean;
  /** Called with every object that was read, before anybody gets it, so that the redactor learns its secrets. */
  readonly learn?: (item: T) => void;
  /** How the API reports a missing object. @default 404 and 410 */
  readonly absence?: Absence;
}

export interface Absence {
  /** Statuses that mean a missing object. @default [404, 410] */
  readonly sure?: readonly number[];
  /** Statuses that may also mean something else; the list then decides. */
  readonly unsure?: readonly number[];
  /** Which answers with these statuses may mean a missing object. @default all */
  readonly mayBe?: (response: HttpResponse) => boolean;
}

/** The parts of a write besides method and path. */
export type Sent = Pick<HttpRequest, "body" | "query" | "headers" | "retry">;

/** The differences from the desired state, for people: "port is 25, declared 587". Empty when there are none. */
export type Differences<T> = (item: T) => readonly string[];
