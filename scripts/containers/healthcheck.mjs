// node scripts/containers/healthcheck.mjs [URL]
// Ends with 0 when the server at the URL (without one, of this container's gateway) is ready, else with 1 and one line that says why.
const url = process.argv[2] ?? `http://127.0.0.1:${process.env.PORT || 4000}/readyz`;
try {
  const response = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}: ${text}`);
} catch (error) {
  console.log(`${url}: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
