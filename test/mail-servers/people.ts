/** The domain that the servers are responsible for. */
export const DOMAIN = "outbound.test";
/** Its mail server, as certificates and name server know it. */
export const MAIL_HOST = `mail.${DOMAIN}`;

/** A mailbox that can also log in to send. */
export interface Person {
  readonly address: string;
  readonly password: string;
}

const person = (name: string, password: string): Person => ({ address: `${name}@${DOMAIN}`, password });

export const PEOPLE = {
  /** Sends. */
  alerts: person("alerts", "correct horse battery"),
  /** Receives. */
  oncall: person("oncall", "staple & stable"),
  /** Receives what is sent to {@link SUSPECTED} in the folder Junk. */
  analyst: person("analyst", "nothing to see"),
} as const;

/** Mail for this address goes to the analyst's Junk. */
export const SUSPECTED = `suspected@${DOMAIN}`;
/** Nobody. */
export const UNKNOWN = `nobody@${DOMAIN}`;
/** Somebody whose mailbox is full. */
export const FULL = `full@${DOMAIN}`;
/** Taken by Postfix, and sent back once the mailbox proves not to exist. */
export const GHOST = `ghost@${DOMAIN}`;
/** A receiver elsewhere, for whom only those who log in may send. */
export const ELSEWHERE = "somebody@elsewhere.test";
/** Greylisted: taken when the same sender comes again. */
export const GREY = `grey@${DOMAIN}`;
/** Greylisted without end. */
export const NEVER = `never@${DOMAIN}`;
