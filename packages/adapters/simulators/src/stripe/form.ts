/** A form as Stripe's libraries send it: `items[0][price]=x` is a field of the first of many items. */
export type Form = { readonly [name: string]: FormValue };
export type FormValue = string | Form;

const put = (form: Record<string, FormValue>, [name = '', ...rest]: readonly string[], value: string): void => {
  if (rest.length === 0) {
    form[name] = value;
    return;
  }
  const before = form[name];
  const inner: Record<string, FormValue> = typeof before === 'object' ? { ...before } : {};
  put(inner, rest, value);
  form[name] = inner;
};

export const formOf = (text: string): Form => {
  const form: Record<string, FormValue> = {};
  for (const [name, value] of new URLSearchParams(text))
    put(
      form,
      name.split(/[[\]]+/).filter((part) => part !== ''),
      value,
    );
  return form;
};

export const textIn = (form: Form, ...path: readonly string[]): string | undefined => {
  const found = path.reduce<FormValue | undefined>((value, name) => (typeof value === 'object' ? value[name] : undefined), form);
  return typeof found === 'string' ? found : undefined;
};
