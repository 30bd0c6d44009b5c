/** Text that was checked, or made, to be one kind of id, so that another kind can't be handed over by mistake. */
export type Brand<Text, Name extends string> = Text & { readonly __brand: Name };
