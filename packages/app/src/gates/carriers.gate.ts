import { type CarrierCode, carrierVariables } from '../carrier-config.js';
import { type Asked, type Gate, missing, noGo, type Reason, unfilled, warning } from './gate.js';

/** Without these a carrier sells nothing. What some accounts have besides stays their own matter. */
const needed: Readonly<Record<CarrierCode, readonly string[]>> = {
  dhl: ['DHL_ACCOUNT_NUMBER', 'DHL_API_KEY', 'DHL_API_SECRET'],
  fedex: ['FEDEX_ACCOUNT_NUMBER', 'FEDEX_API_KEY', 'FEDEX_SECRET_KEY'],
};
const all = Object.values(needed).flat();

const webhooks: readonly string[] = ['DHL_WEBHOOK_TOKEN', 'FEDEX_WEBHOOK_SECRET'];

const ofProbe = (carriers: NonNullable<Asked['probes']['carriers']>): readonly Reason[] =>
  Object.entries(carriers).flatMap(([carrier, said]) => {
    if (said === 'unauthorized') return [noGo(`carrier ${carrier}`, 'does not take the credentials')];
    return said === 'unavailable' ? [warning(`carrier ${carrier}`, 'could not be asked')] : [];
  });

/** GATE-002: labels are bought from the real carriers. */
export const carriersGate: Gate = {
  id: 'GATE-002',
  title: 'Carriers',
  rule: [
    `The credentials of DHL and FedEx are set: ${all.join(', ')}.`,
    `${Object.values(carrierVariables)
      .map(({ url }) => url)
      .join(
        ' and ',
      )} are https:// URLs whose hosts and paths have no word such as sandbox or test: \`https://contest.example.com\` passes, \`https://express.api.dhl.com/mydhlapi/test\` does not. Unset, they are the carriers' own.`,
    'SIMULATED_CARRIER is not on.',
    '`rappit gates --probe` asks each carrier something harmless with these credentials.',
  ],
  owns: (variable) =>
    (/^(DHL|FEDEX)_/.test(variable) && !webhooks.includes(variable)) || /^(SIMULATED_CARRIER|CARRIER_)/.test(variable),
  reasons: ({ given, probes }) => [...missing(given, all), ...unfilled(given, all), ...ofProbe(probes.carriers ?? {})],
};
