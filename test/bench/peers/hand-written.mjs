// What a person would write for the heavy operation alone: the same fetches over undici, plain objects, no GraphQL library.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

// The hub's own undici, so that the gateway and this one differ in nothing below them.
const { Pool } = createRequire(new URL('../../../package.json', import.meta.url))('undici');
const ports = JSON.parse(process.env.SUBGRAPH_PORTS);
const pools = Object.fromEntries(
  Object.entries(ports).map(([name, port]) => [
    name,
    new Pool(`http://127.0.0.1:${port}`, { connections: 16, pipelining: 1 }),
  ]),
);

const call = (name, query, { authorization, representations }) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    const variables = representations
      ? `,"variables":{"representations":${JSON.stringify(representations)}}`
      : '';
    const handler = {
      onRequestStart() {},
      onResponseStart() {},
      onResponseData: (_, chunk) => chunks.push(chunk),
      onResponseEnd: () => resolve(JSON.parse(Buffer.concat(chunks).toString()).data),
      onResponseError: (_, error) => reject(error),
    };
    const headers = ['content-type', 'application/json', 'authorization', authorization];
    const body = `{"query":${query}${variables}}`;
    pools[name].dispatch({ path: '/graphql', method: 'POST', headers, body }, handler);
  });

const entities = (on) =>
  JSON.stringify(
    `query($representations:[_Any!]!){_entities(representations:$representations){...on ${on}}}`,
  );
const told =
  'id body author{__typename id username reviews{id body product{__typename upc}}}';
const queries = {
  me: JSON.stringify('{me{id username}}'),
  users: JSON.stringify('{users{id username name}}'),
  topProducts: JSON.stringify('{topProducts{name price upc weight}}'),
  userReviews: entities(`User{reviews{id body product{__typename upc reviews{${told}}}}}`),
  productReviews: entities(`Product{reviews{${told}}}`),
  product: entities('Product{name price weight}'),
  shipping: entities('Product{shippingEstimate}'),
  stock: entities('Product{inStock}'),
  both: entities('Product{inStock shippingEstimate}'),
  name: entities('User{name}'),
};

const groupBy = (list, key) => {
  const groups = new Map();
  for (const one of list) {
    const group = groups.get(one[key]);
    if (group) group.push(one);
    else groups.set(one[key], [one]);
  }
  return groups;
};

const give = (groups, found, fields) => {
  let index = 0;
  for (const group of groups.values()) {
    for (const one of group) for (const field of fields) one[field] = found[index][field];
    index += 1;
  }
};

const fill = async (fetch, groups, { name, query, representations, fields }) => {
  const { _entities: found } = await fetch(name, query, representations);
  give(groups, found, fields);
  return found;
};

const productsOf = async (fetch, list) => {
  const groups = groupBy(list, 'upc');
  const keys = [...groups.keys()];
  const representations = keys.map((upc) => ({ __typename: 'Product', upc }));
  const shipped = async () => {
    const query = { name: 'products', query: queries.product, representations };
    const found = await fill(fetch, groups, { ...query, fields: ['name', 'price', 'weight'] });
    await fill(fetch, groups, {
      name: 'inventory',
      query: queries.shipping,
      representations: found.map(({ price, weight }, index) => ({
        ...{ __typename: 'Product', price, weight, upc: keys[index] },
      })),
      fields: ['shippingEstimate'],
    });
  };
  const stock = { name: 'inventory', query: queries.stock, representations, fields: ['inStock'] };
  await Promise.all([shipped(), fill(fetch, groups, stock)]);
};

const namesOf = (fetch, list) => {
  const groups = groupBy(list, 'id');
  const representations = [...groups.keys()].map((id) => ({ __typename: 'User', id }));
  const question = { name: 'accounts', query: queries.name, representations };
  return fill(fetch, groups, { ...question, fields: ['name'] });
};

const usersBranch = async (fetch) => {
  const { users } = await fetch('accounts', queries.users);
  const groups = groupBy(users, 'id');
  const representations = users.map(({ id }) => ({ __typename: 'User', id }));
  const question = { name: 'reviews', query: queries.userReviews, representations };
  await fill(fetch, groups, { ...question, fields: ['reviews'] });
  const first = users.flatMap(({ reviews }) => reviews.map(({ product }) => product));
  const authors = first.flatMap(({ reviews }) => reviews.map(({ author }) => author));
  const last = authors.flatMap(({ reviews }) => reviews.map(({ product }) => product));
  await Promise.all([productsOf(fetch, first), namesOf(fetch, authors), productsOf(fetch, last)]);
  return users;
};

const productsBranch = async (fetch) => {
  const { topProducts } = await fetch('products', queries.topProducts);
  const groups = groupBy(topProducts, 'upc');
  const reviewed = async () => {
    const representations = topProducts.map(({ upc }) => ({ __typename: 'Product', upc }));
    const question = { name: 'reviews', query: queries.productReviews, representations };
    await fill(fetch, groups, { ...question, fields: ['reviews'] });
    const authors = topProducts.flatMap(({ reviews }) => reviews.map(({ author }) => author));
    const last = authors.flatMap(({ reviews }) => reviews.map(({ product }) => product));
    await Promise.all([namesOf(fetch, authors), productsOf(fetch, last)]);
  };
  const stocked = fill(fetch, groups, {
    name: 'inventory',
    query: queries.both,
    representations: topProducts.map(({ upc, price, weight }) => ({
      ...{ __typename: 'Product', upc, price, weight },
    })),
    fields: ['inStock', 'shippingEstimate'],
  });
  await Promise.all([reviewed(), stocked]);
  return topProducts;
};

const productOut = ({ inStock, name, price, shippingEstimate, upc, weight }) => ({
  ...{ inStock, name, price, shippingEstimate, upc, weight },
});
const lastOut = ({ id, body, product }) => ({ id, body, product: productOut(product) });
const toldOut = ({ id, body, author }) => ({
  id,
  body,
  author: {
    id: author.id,
    username: author.username,
    name: author.name,
    reviews: author.reviews.map(lastOut),
  },
});
const productWithReviews = (product) => ({
  ...productOut(product),
  reviews: product.reviews.map(toldOut),
});

const heavy = async (fetch) => {
  const [users, topProducts] = await Promise.all([usersBranch(fetch), productsBranch(fetch)]);
  return {
    users: users.map(({ id, username, name, reviews }) => ({
      ...{ id, username, name },
      reviews: reviews.map(({ id: review, body, product }) => ({
        id: review,
        body,
        product: productWithReviews(product),
      })),
    })),
    topProducts: topProducts.map(productWithReviews),
  };
};

const server = createServer((request, response) => {
  const { authorization } = request.headers;
  const fetch = (name, query, representations) =>
    call(name, query, { authorization, representations });
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const isHeavy = Buffer.concat(chunks).includes('Heavy');
    const data = isHeavy ? await heavy(fetch) : await fetch('accounts', queries.me);
    const text = JSON.stringify({ data });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
