/** A catalogue's shape: texts stay texts, functions keep their parameters, lists their elements. */
export type Messages<Catalogue> = {
  readonly [Key in keyof Catalogue]: Catalogue[Key] extends string
    ? string
    : Catalogue[Key] extends (...args: infer Args) => string
      ? (...args: Args) => string
      : Catalogue[Key] extends readonly (infer Element)[]
        ? readonly (Element extends string ? string : Messages<Element>)[]
        : Messages<Catalogue[Key]>;
};
