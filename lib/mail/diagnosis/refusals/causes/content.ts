import { prose } from "../../../../core/prose";
import { asSaid, never, type Cause } from "../cause";
import { setting } from "../setting";

/** The message's content. */

export const contentRefused: Cause = {
  id: "content-refused",
  summary: prose`A filter of the server refused the message by its content or by policy`,
  fix: prose`Ask which rule it was (the server's words are the key), or have this sender exempted from content filtering.`,
  retry: never,
};

export const messageMalformed: Cause = {
  id: "message-malformed",
  summary: prose`The server finds a header of the message missing, doubled or malformed`,
  fix: prose`See which header the server names; a gateway on the way may have changed it. Write ${setting("from_address")} as one plain address.`,
  retry: never,
};

export const contentNotSupported: Cause = {
  id: "content-not-supported",
  summary: prose`The server or a mailbox behind it cannot take this kind of content`,
  fix: prose`See the server's words: the test mail is plain text, so that something on the way has changed it or the server takes next to nothing.`,
  retry: asSaid,
};

export const priorityRefused: Cause = {
  id: "priority-refused",
  summary: prose`The server does not take the message with this priority`,
  fix: prose`Ask the server's owner which priorities it takes (MT-PRIORITY): the test mail asks for none, so that something on the way has added one.`,
  retry: asSaid,
};
