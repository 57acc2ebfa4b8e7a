import { canonicalSet } from "../../terraform-plugin/values";
import type { Attachment, Integration } from "./contract";
import { fingerprint, fingerprints, isMask } from "./fingerprint";
import { UNREADABLE, type IntegrationAttachmentState } from "./integration-attachment.schema";

type State = IntegrationAttachmentState;
export type Variables = Readonly<Record<string, string>> | null;

/** What is known of what cannot be read. */
export const SWITCHES = {
  sent: "as sent",
  suspect: "maybe changed outside",
  unsent: "not sent yet",
} as const;

/**
 * The whole attachment, as sent: all three switches each time, since nothing tells whether they still stand. What other
 * types than e-mail refuse is sent only where it is meant.
 */
export function attachmentBody(planned: State, variables: Variables, addresses: boolean): Attachment {
  return {
    IntegrationGuid: planned.integration_id,
    IsActive: planned.enabled,
    SendOkAlerts: planned.send_ok_alerts,
    SendReminderAlerts: planned.send_reminder_alerts,
    ...(variables === null ? {} : { VariableValues: { ...variables } }),
    ...(addresses
      ? { ExtraEmailAddresses: planned.extra_email_addresses ?? [], ExtraEmailAddressesSpecified: true }
      : {}),
  };
}

/** A list is written, one text is read. */
function addressesOf({ ExtraEmailAddresses: held }: Integration): string[] {
  const all = typeof held === "string" ? held.split(/[,;]/) : (held ?? []);
  return canonicalSet(all.map((address) => address.trim()).filter((address) => address !== "")) as string[];
}

/** The digests of the named variables, as held; what is not shown, or shown as a mask, is taken to be as `known`. */
function heldFingerprints(
  id: string,
  held: Integration,
  names: readonly string[],
  known: Readonly<Record<string, string>>,
): Record<string, string> {
  const shown = held.VariableValues;
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = shown?.[name];
      if (typeof value === "string" && !isMask(value)) return [[name, fingerprint(id, name, value)]];
      const wasThere = shown === null || shown === undefined || value !== undefined;
      // Shown without this variable: somebody took it away.
      return wasThere && known[name] !== undefined ? [[name, known[name]]] : [];
    }),
  );
}

/** Names of what is not as declared; values are secrets. */
export function attachmentDifferences(id: string, held: Integration, planned: State, variables: Variables): string[] {
  const wanted = fingerprints(id, variables ?? {});
  const is = heldFingerprints(id, held, Object.keys(wanted), wanted);
  const other = Object.keys(wanted).filter((name) => is[name] !== wanted[name]);
  const addresses = canonicalSet(planned.extra_email_addresses ?? []).join();
  return [
    ...other.map((name) => `the variable ${name} has another value`),
    ...(addressesOf(held).join() === addresses
      ? []
      : [`extra_email_addresses are ${addressesOf(held).join(", ") || "none"}`]),
  ];
}

/** After a read: what Uptrends shows, and for what it does not show what was known. */
export function attachmentState(id: string, held: Integration, prior: State, names: readonly string[] | null): State {
  const addresses = addressesOf(held);
  return {
    ...prior,
    id,
    variable_values_wo: null,
    variable_fingerprints: names === null ? null : heldFingerprints(id, held, names, prior.variable_fingerprints ?? {}),
    extra_email_addresses: addresses.length > 0 ? addresses : prior.extra_email_addresses?.length === 0 ? [] : null,
    unverifiable: [...UNREADABLE],
  };
}
