import { type EventSubscriber, hearing, type UnitOfWork } from '../kernel/index.js';
import { adminsOf, type Mailer, type TenancyStores } from '../tenancy/index.js';
import { ENDPOINT_DISABLED } from './catalogue.js';
import { type DisabledReason, type WebhookEndpoint, WebhookEndpointId } from './endpoint.js';
import type { WebhookStores } from './stores.port.js';

type Deps = {
  readonly unitOfWork: UnitOfWork<WebhookStores & Pick<TenancyStores, 'members'>>;
  readonly mailer: Mailer;
};

/** Tells every admin by mail that an endpoint was disabled, unless it is enabled again by now. */
export const mailEndpointDisabled = ({ unitOfWork, mailer }: Deps): EventSubscriber =>
  hearing([ENDPOINT_DISABLED], async (organizationId, { aggregateId, aggregateVersion }) => {
    const { endpoint, admins } = await unitOfWork.read(organizationId, async (stores) => ({
      endpoint: await stores.webhookEndpoints.find(WebhookEndpointId(aggregateId)),
      admins: await adminsOf(stores),
    }));
    const isLast = endpoint?.version === aggregateVersion;
    if (!isLast || endpoint.disabled === null) return;
    const { why } = endpoint.disabled;
    for (const { user } of admins) {
      const sent = await mailer.send({
        id: `${aggregateId}-${aggregateVersion}-${user.id}`,
        to: user.email,
        language: user.language,
        content: { kind: 'webhookDisabled', name: user.name, url: shownUrl(endpoint), why: toldReason(why) },
      });
      if (!sent.ok && sent.error.code === 'mail.unavailable') throw new Error(sent.error.code);
    }
  });

/** What stands in a query may be a secret of the receiver's. */
const shownUrl = ({ url }: WebhookEndpoint): string => url.split(/[?#]/)[0] ?? '';

const toldReason = (why: DisabledReason): 'gone' | 'failing' => (why === 'gone' ? 'gone' : 'failing');
