const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isGuid = (text: string | null | undefined): text is string => typeof text === "string" && GUID.test(text);
