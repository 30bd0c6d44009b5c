import { type Answer, type Asked, read } from './client.test-kit.js';
import { actsOf, type PageShape } from './scene.test-kit.js';
import { type Account, PREFIX, type World } from './world.test-kit.js';

export type ImportShape = {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly rowsDone: number;
  readonly created: number;
};
type ErrorShape = { readonly line: number; readonly column: string | null; readonly code: string; readonly message: string };

/** What one account does with sheets of one kind, sent to that path. */
export const sheetsOf = (world: World, account: Account, path: string) => {
  const { get } = actsOf(world, account);
  const send = (sheet: string | Uint8Array<ArrayBuffer>, asked: Asked = {}, query = ''): Promise<Answer> =>
    world.send('POST', `${PREFIX}${path}${query}`, {
      token: account.token,
      ...(typeof sheet === 'string' ? { csv: sheet } : { raw: sheet }),
      ...asked,
      headers: { 'content-type': 'text/csv', ...asked.headers },
    });
  const workOff = async (): Promise<void> => {
    while ((await world.useCases.workImports(account.organizationId)).rows > 0);
  };
  return {
    send,
    workOff,
    /** The import of a sheet that is taken, once it was worked off. */
    done: async (sheet: string, query = ''): Promise<ImportShape> => {
      const answer = await send(sheet, {}, query);
      expect(answer.status).toBe(202);
      await workOff();
      return get<ImportShape>(`/imports/${read<ImportShape>(answer).id}`);
    },
    /** All that were kept, page by page. */
    errorsOf: async ({ id }: ImportShape): Promise<readonly ErrorShape[]> => {
      const kept: ErrorShape[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: PageShape<ErrorShape> = await get(`/imports/${id}/errors?limit=100${cursor && `&cursor=${cursor}`}`);
        kept.push(...page.data);
        cursor = page.nextCursor;
      }
      return kept;
    },
    left: async () => (await get<PageShape<ImportShape>>('/imports')).data,
  };
};

export type Sheets = ReturnType<typeof sheetsOf>;
