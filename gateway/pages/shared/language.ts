/** In which the page speaks: what its address says, else Vietnamese. */
export const language: 'vi' | 'en' =
  new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'vi';

/** Chooses between Vietnamese and English. */
export const text = (vietnamese: string, english: string): string =>
  language === 'vi' ? vietnamese : english;
