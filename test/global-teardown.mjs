export default async function teardown() {
  await globalThis.rappitTestPostgres?.stop();
}
