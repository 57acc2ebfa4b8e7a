// Loaded into the provider by NODE_OPTIONS: its clock jumps, as when a machine wakes up or asks a time server.
const [ms, afterMs] = (process.env.CAMPAIGN_CLOCK_JUMP ?? "0,0").split(",").map(Number);
const now = Date.now;
const started = now();
Date.now = () => (now() - started < afterMs ? now() : now() + ms);
