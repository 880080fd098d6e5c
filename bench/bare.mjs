// The least that a report does: fetch every answer, ten at a time, parse it, keep the rows.
//
//     node bench/bare.mjs URL TOKEN PATH…
//
// Plain JavaScript, because stripping types would be part of what is measured.
const [url, token, ...paths] = process.argv.slice(2);
const headers = { authorization: `token ${token}` };
const rows = [];

async function readNext() {
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    const response = await fetch(`${url}/${path}`, { headers });
    const body = JSON.parse(await response.text());
    rows.push(body.users ?? body.usageItems ?? body.budgets ?? []);
  }
}

await Promise.all(Array.from({ length: 10 }, readNext));
console.log(rows.flat().length);
