import { type DhlSimulator, startDhlSimulator } from '@rappit/simulators/dhl';
import type { WorldOptions } from '../wire/contract-world.test-kit.js';
import type { DhlAccount } from './account.js';
import { dhlCarrier } from './dhl-carrier.js';

const keys = { apiKey: 'SECRET-key', apiSecret: 'SECRET-word', accountNumber: '960000000' };

export const exampleDhlAccount = (baseUrl: string, facts: Partial<DhlAccount> = {}): DhlAccount => ({
  ...keys,
  baseUrl,
  dutiesAccountNumber: null,
  timeZone: 'Europe/Berlin',
  goods: 'Stoneware kitchen goods',
  labelFormat: null,
  ...facts,
});

export const dhlWorld: WorldOptions<DhlSimulator> = {
  start: (options) => startDhlSimulator({ ...options, ...keys }),
  carrier: ({ baseUrl }, options) => dhlCarrier({ ...options, account: exampleDhlAccount(baseUrl) }),
  heaviest: 70_000,
};
