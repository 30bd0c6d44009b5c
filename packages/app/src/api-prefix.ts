/** With one slash before it and none after it. */
export const prefixOf = (text: string): string => {
  const path = text.replace(/^\/+|\/+$/g, '');
  return path === '' ? '' : `/${path}`;
};
