// An async generator.
async function* pages() {
  yield 1;
  await null;
  throw new Error("async-generator"); /*#1 pages*/
}
async function all() {
  for await (const page of pages()) page; /*#2 async all*/
}
all().catch(report);
