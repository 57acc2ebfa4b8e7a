import { alignment } from "../../alignment/remedies";
import { sendingAddress } from "../../alignment/sending-address.remedies";
import { remedies as arrival } from "../../imap/remedies";
import type { Remedy } from "../../stage/remedy";
import { interruptions } from "../../stage/interruptions.remedies";
import { certificate } from "../../wire/certificate.remedies";
import { authorities } from "../../wire/authorities.remedies";
import { configuration } from "./configuration";
import { connection } from "./connection";
import { delivery } from "./delivery";
import { dns } from "./dns";
import { login } from "./login";
import { platform } from "./platform";
import { protocol } from "./protocol";
import { refusals } from "./refusals";
import { tls } from "./tls";

/** All tables of the diagnosis. Every reported failure is a row of one of them. */
export const remedyTables: Readonly<Record<string, Readonly<Record<string, Remedy>>>> = {
  configuration,
  authorities,
  dns,
  connection,
  protocol,
  interruptions,
  tls,
  certificate,
  login,
  refusals,
  delivery,
  platform,
  arrival,
  alignment,
  sendingAddress,
};

/** Every row of every table, in the order of the stages. */
export const allRemedies: readonly Remedy[] = Object.values(remedyTables).flatMap((table) => Object.values(table));
