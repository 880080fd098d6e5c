/** Advanced Security's committers, of the products that the enterprise has. */
import type { Client } from '../../github/client.ts';
import type { Resource } from '../../github/resource.ts';
import type { Inputs } from '../../inputs/index.ts';
import { reader } from '../schemas.ts';
import { type Committers, type SecurityProduct, summariseCommitters, totalCommitters } from './committers.ts';
import { type Delivery, leaveOut, notForAPastPeriod, type Source, settle } from './delivery.ts';
import type { BillingPeriod } from './period.ts';
import * as schemas from './schemas.ts';

export type CommittersDelivery = Delivery<Committers> & { readonly product: SecurityProduct };

/**
 * `auto` asks without a product, as bundled Advanced Security wants it; GitHub refuses that with a 422 where code
 * security and secret protection are products of their own, and then both are asked for. One that is refused while
 * the other answers is one that the enterprise does not have.
 */
export async function fetchCommitters(
  client: Client,
  base: Source,
  { advancedSecurityProduct: wanted, people }: Pick<Inputs, 'advancedSecurityProduct' | 'people'>,
  period: BillingPeriod,
): Promise<readonly CommittersDelivery[]> {
  const readCommitters = people ? allCommitters : committerTotals;
  const ask = async (product: SecurityProduct) => {
    const source = {
      ...base,
      name: product === 'bundled' ? base.name : `${base.name}_${product}`,
      title: TITLES[product],
    };
    if (!period.isCurrent) return { product, ...notForAPastPeriod(source) };
    const asked = await settle(source, readCommitters(client, base, product));
    return { product, ...(wanted === product ? withAdvice(asked) : asked) };
  };
  if (wanted !== 'auto') return [await ask(wanted)];
  const bundled = await ask('bundled');
  if (!isRefused(bundled)) return [bundled];
  const products = await Promise.all([ask('code_security'), ask('secret_protection')]);
  const isAnyDelivered = products.some(({ state }) => state === 'delivered');
  return isAnyDelivered ? products.map(withoutRefused) : products;
}

const isRefused = (asked: Delivery<unknown>): boolean =>
  asked.state === 'failed' && asked.error.kind === 'invalid' && asked.error.status !== 400;

function withoutRefused(asked: CommittersDelivery): CommittersDelivery {
  if (!isRefused(asked)) return asked;
  const why = 'GitHub refuses it for this enterprise (422) and answers for the other one';
  return { product: asked.product, ...leaveOut(asked, 'no such product', why) };
}

/** GitHub also refuses the name of a product where Advanced Security is bundled. */
function withAdvice<T>(asked: Delivery<T>): Delivery<T> {
  if (asked.state !== 'failed' || !isRefused(asked)) return asked;
  const advice = 'Set `advanced-security-product: auto` to have the right product found.';
  return { ...asked, error: asked.error.reworded(`${asked.error.message} ${advice}`) };
}

const TITLES: Readonly<Record<SecurityProduct, string>> = {
  bundled: 'Advanced Security',
  code_security: 'Code Security',
  secret_protection: 'Secret Protection',
};

const resourceOf = (
  { path, access }: Source,
  product: SecurityProduct,
): Resource<schemas.CommittersPage> => ({
  path,
  query: product === 'bundled' ? {} : { advanced_security_product: product },
  read: reader(schemas.committers),
  access,
});

/** Every page has the totals, so that the shortest will do. */
async function committerTotals(
  client: Client,
  source: Source,
  product: SecurityProduct,
): Promise<Committers> {
  const resource = resourceOf(source, product);
  return totalCommitters(await client.get({ ...resource, query: { ...resource.query, per_page: 1 } }));
}

async function allCommitters(client: Client, source: Source, product: SecurityProduct): Promise<Committers> {
  const pages: schemas.CommittersPage[] = [];
  const paged = client.pages(resourceOf(source, product), {
    rows: ({ repositories }) => repositories,
    key: ({ name }) => name || undefined,
  });
  for await (const page of paged) pages.push(page.data);
  return summariseCommitters(pages);
}
