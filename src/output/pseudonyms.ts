/** Pseudonyms: the same key and the same identity give the same pseudonym, in every file and every run. */
import { createHmac } from 'node:crypto';

/** The kind is the pseudonym's prefix, and part of what is hashed. */
export type PseudonymKind = 'user' | 'name' | 'email' | 'id' | 'url' | 'repo' | 'role';

export interface Pseudonyms {
  /** `user-1a2b3c4d5e6f7a8b`; '' stays ''. Logins, emails, ids and repositories are compared without regard to case. */
  of(kind: PseudonymKind, identity: string): string;
  /** Tells keys apart and says nothing about the key. */
  readonly fingerprint: string;
}

/** 64 bits: among a million people, two sharing one is a matter of one in ten million. */
const HEX_DIGITS = 16;
const CASE_MATTERS: ReadonlySet<PseudonymKind> = new Set(['name', 'url']);

/** HMAC-SHA-256 under `key`. */
export function createPseudonyms(key: string): Pseudonyms {
  const digest = (text: string) => createHmac('sha256', key).update(text).digest('hex').slice(0, HEX_DIGITS);
  const known = new Map<string, string>();
  return {
    of(kind, identity) {
      const trimmed = identity.trim();
      if (trimmed === '') return '';
      const message = `${kind}:${CASE_MATTERS.has(kind) ? trimmed : trimmed.toLowerCase()}`;
      const before = known.get(message);
      if (before !== undefined) return before;
      const pseudonym = `${kind}-${digest(message)}`;
      known.set(message, pseudonym);
      return pseudonym;
    },
    fingerprint: digest('fingerprint of the key'),
  };
}
