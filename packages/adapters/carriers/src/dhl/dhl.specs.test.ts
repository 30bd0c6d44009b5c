import { join } from 'node:path';
import { requestsOfSuites } from '../wire/requests-of-suites.test-kit.js';
import { specificationAt } from '../wire/specification.test-kit.js';
import { dhlWorld } from './dhl-world.test-kit.js';

const BASE = '/mydhlapi';
const folder = process.env['RAPPIT_CARRIER_SPECS'] ?? '';
const specification = specificationAt(join(folder, 'dhl/patched/mydhl-3.3.1.patched.json'));

describe("DHL's own specification of MyDHL API 3.3.1", () => {
  it('has nothing against any request that the suites make', async () => {
    const requests = await requestsOfSuites(dhlWorld);
    const faults = requests.flatMap((request) => specification.faultsOf(request.url.slice(BASE.length), request));
    expect([...new Set(faults)]).toEqual([]);
    expect(requests.length).toBeGreaterThan(100);
    process.stdout.write(`Held against DHL's specification: ${requests.length} requests, ${faults.length} violations.\n`);
  });

  it('would notice a key that DHL does not know, one that is missing, and a wrong parameter', () => {
    const body = { packages: [] };
    const post = { method: 'POST', url: '', contentType: 'application/json', body: { ...body, packges: [] } };
    const faults = specification.faultsOf('/rates', post).join('\n');
    expect(faults).toContain('packges');
    expect(faults).toContain("must have required property 'customerDetails'");
    const get = { method: 'GET', url: '', contentType: null, body: undefined };
    expect(specification.faultsOf('/address-validate?type=elsewhere&city=X', get)).toHaveLength(3);
    expect(specification.faultsOf('/nowhere', get)).toEqual(['there is no GET /nowhere']);
  });
});
