import { prose } from "../../../../core/prose";
import { never, type Cause } from "../cause";
import { setting } from "../setting";

/** Relaying to other servers. */

export const relayDenied: Cause = {
  id: "relay-denied",
  summary: prose`The server does not relay to this receiver's domain`,
  fix: prose`Log in with ${setting("username")}, or have this machine's source IP address authorised to relay; else use the server that is responsible for the domain.`,
  unless: [
    {
      when: { encrypted: false, startTlsOffered: true, authOffered: false, login: "none" },
      fix: prose`Set ${setting("security", "starttls")} and log in with ${setting("username")}, which this server offers on an encrypted connection only; or have this machine's source IP address authorised to relay.`,
    },
    {
      when: { login: "given" },
      fix: prose`The login was taken, and still may not relay: have the account of ${setting("username")} or this machine's source IP address authorised to relay to other domains, or use the submission port (587 or 465) as ${setting("smtp_port")}.`,
    },
  ],
  retry: never,
};

export const directSendRefused: Cause = {
  id: "direct-send-refused",
  summary: prose`The receiving organisation takes mail of its own domain only by login or through a connector`,
  fix: prose`Have an inbound connector made for this machine's source IP address or certificate, or log in with ${setting("username")} at its submission server.`,
  retry: never,
};

export const mailLoop: Cause = {
  id: "mail-loop",
  summary: prose`The message goes round in circles between servers`,
  fix: prose`Look at the routes of the server: one that it passes the mail to gives it back, often by a wrong MX record or smart host.`,
  retry: never,
};

export const hostTakesNoMail: Cause = {
  id: "host-takes-no-mail",
  summary: prose`This host says that it takes no mail at all`,
  fix: prose`Use another ${setting("smtp_host")}: this one answers on the port only to say so.`,
  retry: never,
};
