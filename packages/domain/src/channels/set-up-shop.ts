import { err, type OrganizationId, ok, type Result, type UnitOfWork, type Vault } from '../kernel/index.js';
import type { WebhookAddress } from './change-channel.js';
import { type Channel, canBeAsked, secretOf } from './channel.js';
import type { Shops } from './open-shops.js';
import type { SalesChannel, ShopDoRefused } from './sales-channel.port.js';
import type { ChannelStores } from './stores.port.js';

export type SetUpDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  readonly shops: Shops;
  readonly vault: Pick<Vault, 'open'>;
  readonly addressOf: WebhookAddress;
};

/**
 * Sees to it that each shop of an organization tells us what happens there, whatever became of its webhooks since it was last looked at, and that it
 * is known where a new one shows its stock: a shop with one location shows all that there is; of several, somebody has to say what each shows.
 * Answers how many shops could not be set up now.
 */
export const setUpShops =
  ({ unitOfWork, shops, vault, addressOf }: SetUpDeps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const channels = await unitOfWork.read(organizationId, (stores) => stores.channels.askable());
    let left = 0;
    for (const channel of channels) {
      const shop = canBeAsked(channel) ? shops.of(organizationId, channel) : undefined;
      if (!shop) continue;
      const [sealed] = await unitOfWork.read(organizationId, (stores) => stores.channels.secretsOf(channel.id));
      const secret = sealed === undefined ? '' : vault.open(sealed, secretOf(organizationId, channel.id));
      const ensured = await shop.ensureWebhooks(addressOf(channel), secret);
      const placed =
        channel.locations.length > 0 ? ok(null) : await placeStock({ unitOfWork }, organizationId, { channel, shop });
      if (!ensured.ok || !placed.ok) left += 1;
    }
    return left;
  };

type Opened = { readonly channel: Channel; readonly shop: SalesChannel };

const placeStock = async (
  { unitOfWork }: Pick<SetUpDeps, 'unitOfWork'>,
  organizationId: OrganizationId,
  { channel: { id }, shop }: Opened,
): Promise<Result<null, ShopDoRefused>> => {
  const locations = await shop.locations();
  if (!locations.ok) return err(locations.error);
  if (locations.value.length > 1) return ok(null);
  const externalLocationId = locations.value[0]?.externalLocationId ?? null;
  await unitOfWork.run(organizationId, async ({ channels }) => {
    const channel = await channels.lock(id);
    if (channel && channel.locations.length === 0)
      await channels.save({ ...channel, locations: [{ externalLocationId, locationIds: null }] });
    return ok(undefined);
  });
  return ok(null);
};
