import type { Clock } from "../../../core/clock";
import { hexadecimal } from "../../kit/simulator/identifiers";
import type { Table } from "../../kit/simulator/table";
import type { Tables } from "../../kit/simulator/tables";
import type { AccessRule } from "../access-rules";
import type { OvhSimulatorOptions } from "./options";

/** A consumer key and its permissions. */
export interface IssuedCredential {
  readonly consumerKey: string;
  readonly credentialId: number;
  readonly status: "pendingValidation" | "validated" | "refused" | "expired";
  readonly rules: readonly AccessRule[];
  /** Milliseconds. */
  readonly creation: number;
  /** Null: never. */
  readonly expiration: number | null;
  readonly allowedIPs: readonly string[] | null;
  /** The page that the browser opens after the decision. */
  readonly redirection: string | null;
  /** Identifies the credential on the page on which its owner decides. */
  readonly pageToken: string;
}

export type Wish = Pick<IssuedCredential, "rules" | "redirection" | "allowedIPs">;

const APPLICATION_ID = 4_711;

/** The consumer keys of one application: requested, validated or refused by their owner, expired. */
export class Credentials {
  private readonly all: Table<IssuedCredential>;
  private readonly next: () => number;
  /** Not in the table: using a key is no change that a stale reader could miss. */
  private readonly lastUse = new Map<string, number>();

  constructor(
    options: OvhSimulatorOptions,
    private readonly clock: Clock,
    private readonly random: () => number,
    tables: Tables,
  ) {
    this.all = tables.table();
    this.next = tables.sequence(8_801);
    tables.seed(() => {
      this.lastUse.clear();
      const { consumer_key: consumerKey, access_rules, consumerKeySeconds } = options;
      const rules = access_rules.map((rule) => {
        const [method = "", ...path] = rule.split(" ");
        return { method, path: path.join(" ") };
      });
      const { consumerKey: key } = this.add({ rules, redirection: null, allowedIPs: null }, consumerKey);
      this.validate(key, consumerKeySeconds ?? null);
    });
  }

  /** A key that nobody has validated yet. */
  request(wish: Wish): IssuedCredential {
    return this.add(wish, hexadecimal(this.random, 24) + String(this.all.list().length).padStart(8, "0"));
  }

  withKey(consumerKey: string | undefined): IssuedCredential | undefined {
    const found = consumerKey === undefined ? undefined : this.all.get(consumerKey);
    return found && this.now(found);
  }

  onPage(pageToken: string | null): IssuedCredential | undefined {
    const [found] = this.all.list((one) => one.pageToken === pageToken);
    return found && this.now(found);
  }

  list(): readonly IssuedCredential[] {
    return this.all.list().map((one) => this.now(one));
  }

  /** @param seconds from now; null for ever */
  validate(consumerKey: string, seconds: number | null): void {
    const now = this.clock.now();
    const expiration = seconds === null ? null : now + seconds * 1000;
    this.all.patch(consumerKey, { status: "validated", expiration });
  }

  refuse(consumerKey: string): void {
    this.all.patch(consumerKey, { status: "refused" });
  }

  used(consumerKey: string): void {
    this.lastUse.set(consumerKey, this.clock.now());
  }

  /** The credential as the API shows it: without the key. */
  shown(credential: IssuedCredential) {
    const { consumerKey, credentialId, status, rules, creation, expiration, allowedIPs } = credential;
    return {
      credentialId,
      applicationId: APPLICATION_ID,
      status,
      rules,
      allowedIPs,
      ovhSupport: false,
      creation: asDate(creation),
      expiration: asDate(expiration),
      lastUse: asDate(this.lastUse.get(consumerKey) ?? null),
    };
  }

  private add(wish: Wish, consumerKey: string): IssuedCredential {
    const credentialId = this.next();
    return this.all.set(consumerKey, {
      ...wish,
      consumerKey,
      credentialId,
      status: "pendingValidation",
      creation: this.clock.now(),
      expiration: null,
      pageToken: hexadecimal(this.random, 24) + credentialId.toString(16),
    });
  }

  private now(credential: IssuedCredential): IssuedCredential {
    const { status, expiration } = credential;
    const isOver = status === "validated" && expiration !== null && expiration <= this.clock.now();
    return isOver ? { ...credential, status: "expired" } : credential;
  }
}

function asDate(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "+00:00");
}
