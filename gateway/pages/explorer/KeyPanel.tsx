import { Panel } from './Panel.tsx';
import { useGraphiQLActions } from '@graphiql/react';
import { text } from '../shared/language.ts';
import { updateSession, useSession } from './session.ts';

/** Where a key is put in. It stays in the memory of the page, and is gone when that is closed. */
export function KeyPanel() {
  const { apiKey } = useSession();
  const { introspect } = useGraphiQLActions();
  return (
    <Panel title={text('Khóa truy cập', 'API key')}>
      <label className="field">
        {text('Khóa của đơn vị', "Your agency's key")}
        <input
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="antq_…"
          value={apiKey}
          onChange={({ target }) => updateSession({ apiKey: target.value.trim() })}
          onBlur={() => void introspect()}
        />
      </label>
      <p>
        {text(
          'Ai cũng đọc được mà không cần khóa. Khóa chỉ nằm trong bộ nhớ của trang này và mất khi đóng trang.',
          'Everybody may read without a key. A key stays in the memory of this page only, and is gone when you close it.',
        )}
      </p>
      {apiKey && (
        <button type="button" className="plain" onClick={() => updateSession({ apiKey: '' })}>
          {text('Xóa khóa', 'Forget the key')}
        </button>
      )}
    </Panel>
  );
}
