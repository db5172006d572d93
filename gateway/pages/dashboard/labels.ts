import { language, text } from '../shared/language.ts';
import type { AwardForm, Qualifier } from './__generated__/operations.ts';

/** A name as the page speaks; Vietnamese where there is no English one. */
export const nameOf = (name: { vi: string; en: string | null }): string =>
  (language === 'en' && name.en) || name.vi;

const forms: Record<AwardForm, () => string> = {
  HUAN_CHUONG: () => text('Huân chương', 'Order'),
  HUY_CHUONG: () => text('Huy chương', 'Medal'),
  DANH_HIEU_VINH_DU_NHA_NUOC: () => text('Danh hiệu vinh dự nhà nước', 'State honorary title'),
  GIAI_THUONG_NHA_NUOC: () => text('Giải thưởng nhà nước', 'State prize'),
  KY_NIEM_CHUONG: () => text('Kỷ niệm chương', 'Commemorative medal'),
  BANG_KHEN: () => text('Bằng khen', 'Certificate of merit'),
  GIAY_KHEN: () => text('Giấy khen', 'Paper of merit'),
  CO_THI_DUA: () => text('Cờ thi đua', 'Emulation flag'),
  DANH_HIEU_THI_DUA: () => text('Danh hiệu thi đua', 'Emulation title'),
  DANH_HIEU_DIA_PHUONG: () => text('Danh hiệu địa phương', 'Local title'),
  BIEU_DUONG: () => text('Biểu dương, vinh danh', 'Public honour'),
  NOT_STATED: () => text('Nguồn không nêu', 'Not stated'),
};

/** A form of award; null is a statement about several forms at once. */
export const formLabel = (form: AwardForm | null): string =>
  form ? forms[form]() : text('Nhiều hình thức gộp chung', 'Several forms together');

const hedges: Record<Qualifier, () => string> = {
  EXACT: () => '',
  APPROXIMATE: () => text('khoảng', 'about'),
  NEARLY: () => text('gần', 'nearly'),
  MORE_THAN: () => text('hơn', 'more than'),
  UP_TO_ALL: () => text('đến', 'up to'),
};

/** The word that hedges a figure, with a space after it; nothing for an exact one. */
export const hedge = (qualifier: Qualifier): string => {
  const word = hedges[qualifier]();
  return word && `${word} `;
};

const numbers = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'vi-VN', {
  maximumFractionDigits: 2,
});

export const formatNumber = (value: number): string => numbers.format(value);

/** `17–23`, or just `44` where nothing contradicts. */
export const formatRange = (min: number, max: number): string =>
  min === max ? formatNumber(min) : `${formatNumber(min)}–${formatNumber(max)}`;

/** Names in the order of the Vietnamese alphabet. */
export const byName = new Intl.Collator('vi').compare;

/** A day, month or year, as it is known, the way it is written in the language of the page. */
export function formatDate(date: string): string {
  const [year, month, day] = date.split('-');
  return [day, month, year].filter(Boolean).join('/');
}
