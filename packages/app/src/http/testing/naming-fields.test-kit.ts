type Schema = {
  readonly $ref?: string;
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

/** Fields that name something of an organization's own. What a shop calls its own things is no such field, and neither is the SKU of a new item. */
const names = (field: string): boolean => (/^sku$/.test(field) || /Ids?$/.test(field)) && !field.startsWith('external');

/** The paths of all such fields in what a route takes: `lines[].sku` in a body, `?orderId` in a query. */
export const fieldsNaming = (
  { body, query }: { readonly body: unknown; readonly query: unknown },
  named: Readonly<Record<string, unknown>>,
): readonly string[] => {
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : ((named[schema.$ref.replace('#', '')] as Schema | undefined) ?? {});
  const walk = (schema: Schema, path: string): readonly string[] => {
    const { $id, properties = {}, items, anyOf = [] } = resolve(schema) as Schema & { readonly $id?: string };
    return [
      ...Object.entries(properties).flatMap(([field, inner]) => {
        if ($id === 'NewItem' && field === 'sku') return [];
        const at = path === '' ? field : `${path}.${field}`;
        return names(field) ? [at] : walk(inner, at);
      }),
      ...(items ? walk(items, `${path}[]`) : []),
      ...anyOf.flatMap((inner) => walk(inner, path)),
    ];
  };
  return [...walk((body ?? {}) as Schema, ''), ...walk((query ?? {}) as Schema, '').map((field) => `?${field}`)];
};
