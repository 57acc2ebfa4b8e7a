import type { Describe, ConnectionSecurity, TestStage } from "../../core/topology";
import type { Attributes, KnownValues, Schema } from "../../terraform-plugin/schema";
import { testEmailSchema } from "./test-email.schema";

type Values<S> = S extends Schema<infer A extends Attributes> ? KnownValues<A> : never;

/** The mailboxes' servers; undefined while it is not known whether there are any, or which. */
function mailboxServers({ imap, more_mailboxes: more }: Values<typeof testEmailSchema>): string | null | undefined {
  if (imap === undefined || (imap === null && more === undefined)) return undefined;
  const hosts = [...(imap === null ? [] : [imap.host]), ...(more ?? []).map((one) => one?.host)];
  if (hosts.some((host) => typeof host !== "string")) return undefined;
  return hosts.length === 0 ? null : [...new Set(hosts)].join(", ");
}

/** The part of a test mail in the way of the alerts. */
export const topology: Readonly<Record<string, Describe>> = {
  [testEmailSchema.type]: (values) => {
    const test = values as Values<typeof testEmailSchema>;
    const { username } = test;
    return [
      {
        kind: "test",
        smtp: {
          host: test.smtp_host,
          port: test.smtp_port,
          security: (test.security ?? undefined) as ConnectionSecurity | undefined,
          sender: test.from_address,
          login: username === undefined ? undefined : username !== null,
          username,
          token: test.auth_mechanism === "XOAUTH2",
        },
        receivers: test.to === null ? [] : test.to,
        flows: test.declared_flows === null ? [] : test.declared_flows,
        via:
          test.via === null
            ? []
            : test.via?.map((one) => ({ system: one?.system ?? undefined, id: one?.id ?? undefined })),
        mailbox: mailboxServers(test),
        judgesSender: test.alignment === undefined ? undefined : test.alignment !== null,
        certificateValidFrom: test.certificate_valid_from,
        certificateExpiresAt: test.certificate_expires_at,
        stages: test.stages as TestStage[] | null | undefined,
      },
    ];
  },
};
