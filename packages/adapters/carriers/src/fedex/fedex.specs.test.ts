import { join } from 'node:path';
import { requestsOfSuites } from '../wire/requests-of-suites.test-kit.js';
import { specificationAt } from '../wire/specification.test-kit.js';
import { fedexWorld } from './fedex-world.test-kit.js';

const folder = process.env['RAPPIT_CARRIER_SPECS'] ?? '';
/** FedEx's own samples have it, and its schema the other spelling. */
const tolerated = ['/referencesInformation/shipDateEnd'];
const specification = specificationAt(join(folder, 'fedex/patched/fedex-rest.patched.json'), tolerated);

describe("FedEx's own specification of its REST APIs", () => {
  it('has nothing against any request that the suites make', async () => {
    const requests = await requestsOfSuites(fedexWorld);
    const faults = requests.flatMap((request) => specification.faultsOf(request.url, request));
    expect([...new Set(faults)]).toEqual([]);
    expect(requests.length).toBeGreaterThan(100);
    process.stdout.write(`Held against FedEx's specification: ${requests.length} requests, ${faults.length} violations.\n`);
  });

  it('would notice a key that FedEx lets pass, one that is missing, and a token asked for by JSON', () => {
    const cancel = { accountNumber: { value: '1' }, trackingNumbr: '7', deletionControl: 'DELETE_ALL_PACKAGES' };
    const headers = { 'content-type': 'application/json', authorization: 'Bearer SECRET' };
    const request = { method: 'PUT', url: '', contentType: 'application/json', headers, body: cancel };
    const faults = specification.faultsOf('/ship/v1/shipments/cancel', request).join('\n');
    expect(faults).toContain('/trackingNumbr is no field');
    expect(faults).toContain("must have required property 'trackingNumber'");
    const token = { method: 'POST', url: '', contentType: 'application/json', headers, body: {} };
    expect(specification.faultsOf('/oauth/token', token)).toEqual(['POST /oauth/token takes no application/json']);
  });

  it('would notice a token that is missing or isn’t a bearer’s, and a header that FedEx does not know', () => {
    const faultsWith = (headers: Readonly<Record<string, string>>) =>
      specification.faultsOf('/track/v1/trackingnumbers', {
        method: 'POST',
        url: '',
        contentType: 'application/json',
        headers: { 'content-type': 'application/json', ...headers },
        body: { includeDetailedScans: true, trackingInfo: [{ trackingNumberInfo: { trackingNumber: '794953535000' } }] },
      });
    expect(faultsWith({ authorization: 'Bearer SECRET' })).toEqual([]);
    expect(faultsWith({})).toEqual(['authorization: is missing', 'authorization: must be bearer']);
    expect(faultsWith({ authorization: 'Basic SECRET' })).toEqual(['authorization: must be bearer']);
    expect(faultsWith({ authorization: 'Bearer SECRET', 'x-customer-transaction': '1' })).toEqual([
      "x-customer-transaction: is no header of the carrier's",
    ]);
  });
});
