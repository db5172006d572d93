import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { temporaryKeyFile } from '../helpers/keys.ts';
import { startScript } from '../helpers/startScript.ts';

/** Runs `npm run keys -- …`. */
async function keys(file: string, ...args: string[]) {
  const script = startScript('scripts/keys.ts', { KEYS_FILE: file }, args);
  const code = await script.ended;
  return { code, output: script.output() };
}

async function json(file: string, ...args: string[]) {
  const { output } = await keys(file, ...args, '--json');
  return JSON.parse(output) as unknown;
}

const any = {
  id: expect.stringMatching(/^[0-9a-f]{10}$/) as string,
  time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
  key: expect.stringMatching(/^antq_[0-9a-f]{10}_[\w-]{43}$/) as string,
};

it('a key is made, listed, rotated and revoked', async () => {
  const file = temporaryKeyFile();
  expect(await keys(file, 'list')).toEqual({ code: 0, output: `there are no keys in ${file}\n` });
  const rights = { agency: 'org-bo-cong-an', roles: ['editor'], scopes: ['campaigns:write'] };
  const flags = ['--agency', rights.agency, '--role', 'editor', '--scope', 'campaigns:write'];

  const first = (await json(file, 'create', ...flags, '--expires-in', '90d')) as {
    id: string;
    key: string;
  };
  const fresh = { ...rights, createdAt: any.time, revokedAt: null, replacedBy: null };
  expect(first).toEqual({
    ...fresh,
    id: any.id,
    key: any.key,
    expiresAt: any.time,
    state: 'active',
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const told = await keys(file, 'rotate', first.id, '--overlap', '2h');
  const [text = ''] = told.output.split('\n');
  expect(text).toEqual(any.key);
  expect(told.output).toContain('only time');

  const [old, next] = (await json(file, 'list')) as Record<string, string>[];
  expect(old).toMatchObject({ id: first.id, state: 'replaced', replacedBy: next?.['id'] });
  const left = Date.parse(old?.['expiresAt'] ?? '') - Date.now();
  expect(Math.round(left / 60_000)).toBe(120);
  expect(next).toMatchObject({ ...rights, state: 'active' });
  const life = Date.parse(next?.['expiresAt'] ?? '') - Date.parse(next?.['createdAt'] ?? '');
  expect(life).toBe(90 * 86_400_000);

  expect((await keys(file, 'revoke', first.id)).output).toBe(
    `the key ${first.id} of org-bo-cong-an is revoked\n`,
  );
  const list = await keys(file, 'list');
  expect(list.output).toMatch(new RegExp(`${first.id}  revoked .*\n${next?.['id']}  active `));
  for (const shown of [
    list.output,
    JSON.stringify(await json(file, 'list')),
    await readFile(file, 'utf8'),
  ]) {
    expect(shown).not.toContain(first.key.slice(16));
    expect(shown).not.toContain(text.slice(16));
  }
});

it('nothing is lost when several are made at once, even after one was killed on the way', async () => {
  const file = temporaryKeyFile();
  await writeFile(`${file}.lock`, '1');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(`${file}.lock`, longAgo, longAgo);
  const made = await Promise.all(
    Array.from({ length: 4 }, () => json(file, 'create', '--agency', 'org-a')),
  );
  const ids = (made as { id: string }[]).map(({ id }) => id).sort();
  const kept = (await json(file, 'list')) as { id: string }[];
  expect(kept.map(({ id }) => id).sort()).toEqual(ids);
  await expect(stat(`${file}.lock`)).rejects.toThrow();
});

it('what can’t be done is said in words that help, with exit code 1', async () => {
  const file = temporaryKeyFile();
  const cases: [string[], RegExp][] = [
    [[], /say what to do: create, list, rotate or revoke/],
    [['crate'], /say what to do/],
    [['create'], /--agency is missing/],
    [['create', '--agency', 'Bộ Công an'], /--agency must be the id of an organization/],
    [['create', '--agency', 'org-a', '--role', 'two words'], /a role or scope is one word/],
    [['create', '--agency', 'org-a', '--expires-in', 'soon'], /--expires-in must be a number/],
    [['create', '--agency', 'org-a', '--overlap', '1h'], /create takes no --overlap/],
    [['list', 'all'], /list does not know what to do with "all"/],
    [['revoke'], /say which key to revoke/],
    [['revoke', '0123456789'], /there is no key 0123456789: "npm run keys -- list" shows all/],
    [['rotate', '0123456789', '--overlap', '99999d'], /--overlap must be a number/],
    [['list', '--secret'], /Unknown option '--secret'/],
  ];
  const results = await Promise.all(cases.map(([args]) => keys(file, ...args)));
  results.forEach(({ code, output }, index) => {
    expect(output).toMatch(/^error: /);
    expect(output).toMatch(cases[index]?.[1] ?? /never/);
    expect(code).toBe(1);
  });
  await writeFile(file, 'no json');
  expect((await keys(file, 'list')).output).toMatch(/^error: .* is not a file of API keys/);
  expect(await readFile(file, 'utf8')).toBe('no json');
  await rm(file);
});

it('a key that is over is not rotated', async () => {
  const file = temporaryKeyFile();
  const { id } = (await json(file, 'create', '--agency', 'org-a')) as { id: string };
  await keys(file, 'revoke', id);
  expect((await keys(file, 'rotate', id)).output).toContain(
    `the key ${id} is revoked: make a new one`,
  );
  expect((await keys(file, 'revoke', id)).output).toContain('was revoked already');
});
