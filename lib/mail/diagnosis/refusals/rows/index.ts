import type { Row } from "../row";
import { clientName } from "./client-name";
import { content } from "./content";
import { domainAuthentication } from "./domain-authentication";
import { encryption } from "./encryption";
import { greylisting } from "./greylisting";
import { limits } from "./limits";
import { login } from "./login";
import { loginVendors } from "./login-vendors";
import { loginWanted } from "./login-wanted";
import { mailbox } from "./mailbox";
import { receiver } from "./receiver";
import { receiverVendors } from "./receiver-vendors";
import { receiverMailbox } from "./receiver-mailbox";
import { relaying } from "./relaying";
import { reputation } from "./reputation";
import { reputationVendors } from "./reputation-vendors";
import { sender } from "./sender";
import { senderVendors } from "./sender-vendors";
import { server } from "./server";

/** The rows by what is wrong; of rows with equal evidence the first applies. */
export const rowGroups: Readonly<Record<string, readonly Row[]>> = {
  "the mailbox's server (IMAP)": mailbox,
  encryption,
  "login that is wanted": loginWanted,
  login,
  "login, in providers' words": loginVendors,
  "sender's domain (SPF, DKIM, DMARC)": domainAuthentication,
  "client's name": clientName,
  greylisting,
  "quotas and rates": limits,
  "sender, in services' words": senderVendors,
  sender,
  relaying,
  "reputation, in providers' words": reputationVendors,
  reputation,
  "receiver, in services' words": receiverVendors,
  "receiver's mailbox": receiverMailbox,
  receiver,
  content,
  "server's own trouble": server,
};
