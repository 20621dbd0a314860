function parse(text) {
  const all = {};
  for (const part of text.split(";")) {
    if (part === "") continue;
    const [key, value] = part.split("=");
    all[key] = decode(value);
  }
  return size(all);
}

function decode(value) {
  return value.includes("%") ? decodeURIComponent(value) : value.trim();
}

function size(all) {
  const rows = new Array(Number(all.n ?? 1));
  const columns = new Array(Number(all.m ?? 1));
  return rows.length * columns.length;
}

module.exports.fuzz = (data) => {
  const text = data.toString();
  if (text.includes("=")) parse(text);
};
