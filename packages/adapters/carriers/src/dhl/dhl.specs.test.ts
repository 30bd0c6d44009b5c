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
    const headers = { 'x-version': '3.3.1', authorization: 'Basic U0VDUkVU' };
    const post = { method: 'POST', url: '', contentType: 'application/json', headers, body: { ...body, packges: [] } };
    const faults = specification.faultsOf('/rates', post).join('\n');
    expect(faults).toContain('packges');
    expect(faults).toContain("must have required property 'customerDetails'");
    const get = { method: 'GET', url: '', contentType: null, headers, body: undefined };
    expect(specification.faultsOf('/address-validate?type=elsewhere&city=X', get)).toHaveLength(3);
    expect(specification.faultsOf('/nowhere', get)).toEqual(['there is no GET /nowhere']);
  });

  it('would notice a header that is missing, wrong or unknown, and a path without its number', () => {
    const faultsWith = (path: string, headers: Readonly<Record<string, string>>) =>
      specification.faultsOf(path, { method: 'GET', url: '', contentType: null, headers, body: undefined }).join('\n');
    const tracking = '/shipments/1103733901/tracking';
    const right = { 'x-version': '3.3.1', authorization: 'Basic U0VDUkVU', host: 'express.api.dhl.com' };
    expect(faultsWith(tracking, right)).toBe('');
    expect(faultsWith(tracking, { authorization: 'Basic U0VDUkVU' })).toContain('x-version: is missing');
    expect(faultsWith(tracking, { ...right, 'x-version': '2.7.0' })).toContain('x-version: data must be equal to one of');
    expect(faultsWith(tracking, { ...right, 'message-reference': 'x'.repeat(37) })).toContain('Message-Reference: data must NOT');
    expect(faultsWith(tracking, { ...right, 'x-verison': '3.3.1' })).toContain("x-verison: is no header of the carrier's");
    expect(faultsWith('/shipments//tracking', right)).toContain('{shipmentTrackingNumber} is empty');
  });
});
