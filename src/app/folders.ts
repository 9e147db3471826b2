/** Folders that are written to. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes the folder and those above it, unless they are there. Node's own way, `recursive`, never ends where a folder that
 * exists says that there is no such place to make one in, as /proc does.
 * @throws the error of the system
 */
export async function makeFolder(path: string): Promise<void> {
  const error = await mkdir(path).then(() => undefined, errorOf);
  if (error === undefined || (error.code === 'EEXIST' && (await isFolder(path)))) return;
  const above = dirname(path);
  if (error.code !== 'ENOENT' || above === path || (await isFolder(above))) throw error;
  await makeFolder(above);
  await makeFolder(path);
}

const errorOf = (error: unknown): NodeJS.ErrnoException => error as NodeJS.ErrnoException;

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
