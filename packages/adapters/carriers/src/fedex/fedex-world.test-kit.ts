import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import type { WorldOptions } from '../wire/contract-world.test-kit.js';
import type { FedexAccount } from './account.js';
import { fedexCarrier } from './fedex-carrier.js';

export const fedexKeys = { clientId: 'SECRET-id', clientSecret: 'SECRET-word', accountNumber: '740561073' };

export const exampleFedexAccount = (baseUrl: string, facts: Partial<FedexAccount> = {}): FedexAccount => ({
  ...fedexKeys,
  baseUrl,
  trackKey: null,
  timeZone: 'Europe/Berlin',
  pickupType: 'USE_SCHEDULED_PICKUP',
  labelFormat: null,
  ...facts,
});

export const fedexWorld: WorldOptions<FedexSimulator> = {
  start: (options) => startFedexSimulator({ ...options, ...fedexKeys }),
  carrier: ({ baseUrl }, options) => fedexCarrier({ ...options, account: exampleFedexAccount(baseUrl) }),
  heaviest: 68_000,
  // A key that wasn't accepted isn't tried again at once.
  mendsAfterMs: 60_000,
};
