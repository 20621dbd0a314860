// A promise that fails among those whose end is waited for.
async function fail() {
  await null;
  throw new Error("promise-settled"); /*#1 async fail*/
}
async function settle() {
  const [result] = await Promise.allSettled([fail()]); /*#2 async settle*/
  report(result.reason);
}
settle();
