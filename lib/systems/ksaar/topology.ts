import { isSet, topologyOf } from "../kit/topology";
import { smtpConnectionSchema } from "./smtp-connection.schema";

export const topology = topologyOf(smtpConnectionSchema, (connection) => {
  const { secure, port } = connection;
  // If omitted, `secure` follows from the port.
  const tls = secure ?? (port === undefined || port === null ? undefined : port === 465);
  return [
    {
      kind: "mailer",
      name: connection.name ?? undefined,
      id: connection.id ?? connection.name,
      // Ksaar has no switch for it, and no API to read.
      enabled: true,
      smtp: {
        host: connection.host,
        port,
        security: tls === undefined ? undefined : tls ? "tls" : "starttls",
        // Without TLS from the first byte, Ksaar continues in plain text where the server offers no STARTTLS.
        opportunistic: tls === false,
        sender: connection.sender,
        login: isSet(connection.username),
        username: connection.username,
      },
      // The mail actions in Ksaar determine who uses it.
      routesItself: true,
    },
  ];
});
