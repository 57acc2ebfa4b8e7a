import type { MailTest } from "../mail/mail-test";

/** One declared way of the mail, before it is walked. */
export interface Chain {
  /** The Terraform address of what declares it. */
  readonly address: string;
  /** What to run; a reason where nobody can. */
  readonly test: MailTest | { readonly unknown: string };
  /** The walk ends once this stage has passed. @default at the last receiver, or with the mail */
  readonly lastStage?: string;
  /** The server may be one that only the platform reaches: that it is not reached from here says nothing. @default false */
  readonly elsewhere?: boolean;
  /** What is not tried, and why; one sentence each. */
  readonly leftOut: readonly string[];
}
