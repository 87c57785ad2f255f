import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import type { AuditRoot } from './audit-chain.ts';
import { madeOnce } from './made-once.ts';

interface SignedRoot extends AuditRoot {
  readonly at: string;
  /** Ed25519 over `seq hash at`, in base64url. */
  readonly signature: string;
}

const statement = ({ seq, hash, at }: Omit<SignedRoot, 'signature'>): Buffer =>
  Buffer.from(`${seq} ${hash} ${at}`);

const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

/** Roots of the audit chain in a file outside of the database, a signed line each. Copy it to where no administrator of the hub can write. */
export interface AuditRootFile {
  readonly keep: (root: AuditRoot) => Promise<void>;
  /** The last root with a good signature; null while there is none. Throws when a line was forged. */
  readonly last: () => Promise<AuditRoot | null>;
}

/** The key is made when there is none. */
export const openAuditRootFile = (file: string, keyFile: string): AuditRootFile => {
  const key = createPrivateKey(madeOnce(keyFile, newKey));
  const publicKey = createPublicKey(key);
  return {
    keep: async ({ seq, hash }) => {
      const unsigned = { seq, hash, at: new Date().toISOString() };
      const signature = sign(null, statement(unsigned), key).toString('base64url');
      await appendFile(file, `${JSON.stringify({ ...unsigned, signature })}\n`, { mode: 0o600 });
    },
    last: async () => {
      if (!existsSync(file)) return null;
      const lines = (await readFile(file, 'utf8')).split('\n');
      const line = lines.filter((text) => text !== '').at(-1);
      if (line === undefined) return null;
      const root = JSON.parse(line) as SignedRoot;
      if (!verify(null, statement(root), publicKey, Buffer.from(root.signature, 'base64url')))
        throw new Error(`The last audit root in ${file} was not signed with our key.`);
      return { seq: root.seq, hash: root.hash };
    },
  };
};
