const SECRET_OPTION = /([?&,][^=&,]*(?:password|token)[^=&,:]*[=:])[^&,]*/gi;

/**
 * A connection string without its secrets, fit to be shown. It takes malformed ones too, so it hides
 * rather too much: all between the user's name and the last @, and every option that names a password.
 */
export function redactUri(uri: string): string {
  const [, scheme = '', rest = ''] = /^([a-z+]*:\/+)?(.*)$/is.exec(uri) ?? [];
  const at = rest.lastIndexOf('@');
  const user = rest.slice(0, Math.max(at, 0)).split(':', 1)[0];
  const shown = at === -1 ? rest : `${user}:***${rest.slice(at)}`;
  return (scheme + shown).replace(SECRET_OPTION, '$1***');
}
