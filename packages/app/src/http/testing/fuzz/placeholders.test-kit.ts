import type { Scene } from '../scene.test-kit.js';
import { type Texts, textsOf } from '../scene-texts.test-kit.js';

/** Stands for something that exists, such as `<<mine.orderId>>`: requests are made up before it is known what it is. */
export const placeholder = /<<(\w+)\.([\w.]+)>>/;
const everyPlaceholder = new RegExp(placeholder, 'g');

/** The same scene with a placeholder for each of its texts. */
export const placeholding = (scene: Scene, who: string): Scene => {
  const replaced = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'string') return `<<${who}.${path.join('.')}>>`;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, [...path, name])]));
  };
  return replaced(scene, []) as Scene;
};

/** What a path or a body may name: ids, and SKUs. */
export const idsIn = (scene: Scene, who: string): readonly string[] =>
  [...textsOf(scene).keys()].filter((path) => /^(?:\w+Id|sku)$/.test(path)).map((path) => `<<${who}.${path}>>`);

/** Fills placeholders in; `written` says how a text is written where they stand. */
export const filled = (text: string, scenes: Readonly<Record<string, Texts>>, written: (value: string) => string): string =>
  text.replace(everyPlaceholder, (_, who: string, path: string) => written(scenes[who]?.get(path) ?? ''));
