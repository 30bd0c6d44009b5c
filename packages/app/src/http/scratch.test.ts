import { writeFileSync } from 'node:fs';
import { inMemoryBackend } from './testing/backend.test-kit.js';
import { openWorld, PREFIX } from './testing/world.test-kit.js';

it('comes up', async () => {
  const world = await openWorld(inMemoryBackend);
  const doc = await world.send('GET', `/api/docs/json`, {});
  writeFileSync('/tmp/openapi.json', doc.text);
  const page = await world.send('GET', `/api/docs`, {});
  console.log(page.status, page.headers, page.text.slice(0, 300));
  const page2 = await world.send('GET', `/api/docs/static/index.html`, {});
  console.log(page2.status, page2.headers);
  await world.close();
});
