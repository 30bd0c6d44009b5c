import { dhlPush } from '@rappit/carriers/dhl';
import { mergePdf } from '@rappit/carriers/documents';
import { fedexPush } from '@rappit/carriers/fedex';
import { shopifyReader } from '@rappit/channels/shopify';
import { type AllocationPolicy, byPriority, fewestLocations } from '@rappit/domain';
import { sha256 } from '@rappit/identity';
import type { Config } from '../config.js';
import { insisting } from '../insisting.js';
import { makeUseCases } from '../use-cases.js';
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
  provide(tokens.readers, [], () => ({ shopify: shopifyReader }));
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
      tokens.pushReaders,
      tokens.vault,
      tokens.guardedFetch,
      tokens.webhookSender,
      tokens.billing,
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
      pushReaders,
      vault,
      guardedFetch,
      webhookSender,
      billing,
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
        pushReaders,
        vault,
        guardedFetch,
        webhookSender,
        billing,
        chance: Math.random,
      }),
  );
});
