/** Resolvers of the type `LocalizedText`: Vietnamese is the language of record, English may be missing. */
export const LocalizedText = {
  text: ({ vi, en }: { vi: string; en?: string | null }, { lang }: { lang: 'VI' | 'EN' }) =>
    lang === 'VI' ? vi : (en ?? vi),
};
