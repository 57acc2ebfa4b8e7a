import { canonicalSet } from "../../terraform-plugin/values";
import type { Attachment, Integration } from "./contract";
import { fingerprint, fingerprints, isMask } from "./fingerprint";
import { UNREADABLE, type IntegrationAttachmentState } from "./integration-attachment.schema";

type State = IntegrationAttachmentState;
export type Variables = Readonly<Record<string, string>> | null;

/** The known state of fields that cannot be read. */
export const SWITCHES = {
  sent: "as sent",
  suspect: "maybe changed outside",
  unsent: "not sent yet",
} as const;

/**
 * The complete attachment in a request: always with all three switches, since nothing shows whether they are still set.
 * Fields that other types than e-mail refuse are included only where they are intended.
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

/** The addresses; a list in requests, one text in answers. */
function addressesOf({ ExtraEmailAddresses: held }: Integration): string[] {
  const all = typeof held === "string" ? held.split(/[,;]/) : (held ?? []);
  return canonicalSet(all.map((address) => address.trim()).filter((address) => address !== "")) as string[];
}

/** The digests of the named variables; one that is hidden or masked counts as `known`. */
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
      // The variables are shown without this one: somebody has removed it.
      return wasThere && known[name] !== undefined ? [[name, known[name]]] : [];
    }),
  );
}

/** The names of fields that differ from the declaration; the values are secrets. */
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

/** The state after a read: what Uptrends shows, and the known values of what it hides. */
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
