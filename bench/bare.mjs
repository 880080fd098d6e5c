// The least that a report on everyone does: fetch the pages, parse them, keep the people.
//
//     node bench/bare.mjs URL TOKEN PAGES CONCURRENCY
//
// Plain JavaScript, because stripping types would be part of what is measured.
const [url, token, pages, concurrency] = process.argv.slice(2);
const headers = { authorization: `token ${token}` };
const people = [];
let page = 0;

async function readPages() {
  while (page < Number(pages)) {
    page += 1;
    const number = page;
    const response = await fetch(`${url}?per_page=100&page=${number}`, { headers });
    people[number] = JSON.parse(await response.text()).users;
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, readPages));
console.log(people.flat().length);
