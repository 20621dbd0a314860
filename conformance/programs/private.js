// Private methods and accessors.
class Safe {
  #open() {
    throw new Error("private"); /*#1 #open*/
  }
  get #door() {
    return this.#open(); /*#2 get #door*/
  }
  use() {
    return this.#door; /*#3 use*/
  }
}
try {
  new Safe().use(); /*#4 <top>*/
} catch (e) { report(e); }
