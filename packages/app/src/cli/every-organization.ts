import type { OrganizationId } from '@rappit/domain';
import type { Persistence } from '@rappit/persistence';

const PAGE = 500;

/** All organizations in the order of their ids, or the one that was named: what a command goes through. */
export async function* everyOrganization(
  organizations: Persistence['organizations'],
  only?: OrganizationId,
): AsyncGenerator<OrganizationId> {
  if (only !== undefined) return yield only;
  for (let after: OrganizationId | undefined; ; ) {
    const page = await organizations(PAGE, after);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1);
  }
}
