import type { Row } from "../row";
import { clientName } from "./client-name";
import { content } from "./content";
import { domainAuthentication } from "./domain-authentication";
import { encryption } from "./encryption";
import { greylisting } from "./greylisting";
import { limits } from "./limits";
import { login } from "./login";
import { loginVendors } from "./login-vendors";
import { mailbox } from "./mailbox";
import { receiver } from "./receiver";
import { relaying } from "./relaying";
import { reputation } from "./reputation";
import { sender } from "./sender";
import { server } from "./server";

/** By what is wrong; of rows with equal evidence the first is taken. */
export const rowGroups: Readonly<Record<string, readonly Row[]>> = {
  "the mailbox's server (IMAP)": mailbox,
  encryption,
  login,
  "login, in providers' words": loginVendors,
  "sender's domain (SPF, DKIM, DMARC)": domainAuthentication,
  "client's name": clientName,
  greylisting,
  "quotas and rates": limits,
  sender,
  relaying,
  reputation,
  receiver,
  content,
  "server's own trouble": server,
};
