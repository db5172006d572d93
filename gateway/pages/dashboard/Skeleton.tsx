import { text } from '../shared/language.ts';

/** Stands where something will be shown when it is there. */
export function Skeleton() {
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{text('Đang tải…', 'Loading…')}</span>
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
