// Async methods and arrow functions.
class Store {
  async read() {
    await null;
    throw new Error("async-method"); /*#1 async read*/
  }
}
const use = async () => {
  await new Store().read(); /*#2 async use*/
};
use().catch(report);
