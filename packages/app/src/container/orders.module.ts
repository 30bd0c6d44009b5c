import { dhlPush } from '@rappit/carriers/dhl';
import { mergePdf } from '@rappit/carriers/documents';
import { fedexPush } from '@rappit/carriers/fedex';
import { type AllocationPolicy, byPriority, fewestLocations, type WebhookAddress } from '@rappit/domain';
import { sha256 } from '@rappit/identity';
import { prefixOf } from '../api-prefix.js';
import type { Config } from '../config.js';
import { insisting } from '../insisting.js';
import { makeUseCases } from '../use-cases.js';
import { carrierName } from './carrier-names.js';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

const policies: Readonly<Record<Config['allocationPolicy'], AllocationPolicy>> = { fewestLocations, byPriority };

/** What the business does, over whatever was bound to its ports. */
export const ordersModule = wiring((provide) => {
  provide(tokens.policy, [tokens.settings], ({ config }) => policies[config.allocationPolicy]);
  provide(tokens.pushReaders, [tokens.settings], ({ config }) => [
    dhlPush(config.dhlWebhookToken),
    fedexPush(config.fedexWebhookSecret),
  ]);
  provide(
    tokens.useCases,
    [
      tokens.unitOfWork,
      tokens.intake,
      tokens.people,
      tokens.ids,
      tokens.policy,
      tokens.carriers,
      tokens.accountForms,
      tokens.doors,
      tokens.readers,
      tokens.shopConnections,
      tokens.meter,
      tokens.settings,
      tokens.pushReaders,
      tokens.vault,
      tokens.guardedFetch,
      tokens.webhookSender,
      tokens.billing,
      tokens.persistence,
    ],
    (
      unitOfWork,
      intake,
      people,
      ids,
      policy,
      carriers,
      accountForms,
      door,
      readers,
      connections,
      meter,
      { config },
      pushReaders,
      vault,
      guardedFetch,
      webhookSender,
      billing,
      persistence,
    ) =>
      makeUseCases({
        digest: sha256,
        unitOfWork,
        intake,
        ...people,
        ids,
        policy,
        carriers,
        insist: insisting(),
        mergePdf,
        accountForms,
        door,
        readers,
        connections,
        meter,
        carrierName,
        addressOf: webhookAddresses(config),
        beginShowing: (organizationId) => persistence.wake('channel_stock', [organizationId]),
        pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
        pushReaders,
        vault,
        guardedFetch,
        webhookSender,
        billing,
        chance: Math.random,
      }),
  );
});

/** Webhooks of a shop that is known by its own address lead to one place; of others each leads to its channel's. */
const webhookAddresses = ({ publicUrl, apiPrefix }: Config): WebhookAddress => {
  const base = `${publicUrl}${prefixOf(apiPrefix)}/webhooks`;
  return ({ kind, id }) => (kind === 'shopify' ? `${base}/shopify` : `${base}/${kind}/${id}`);
};
