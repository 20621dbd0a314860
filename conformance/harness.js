// What stands behind each program: report tells the driver what the engine knows of an error.
function report(error) {
  function text(get) {
    try {
      var value = get();
      return value === undefined || value === null ? undefined : String(value);
    } catch (e) {
      return undefined;
    }
  }
  var told = {
    name: text(function () { return error.name; }),
    message: text(function () { return error.message; }),
    string: text(function () { return String(error); }),
    top: {
      file: text(function () { return error.fileName || error.sourceURL; }),
      line: Number(error.lineNumber || error.line) || 0,
      col: Number(error.columnNumber || error.column) || 0,
    },
  };
  var stack = error.stack;
  if (typeof stack === "object" && stack) told.sites = stack;
  else told.text = text(function () { return stack; });
  var json = JSON.stringify(told);
  if (typeof XMLHttpRequest === "function" && typeof location === "object" && location && location.protocol === "http:") {
    var request = new XMLHttpRequest();
    request.open("POST", "/told" + location.search, false);
    request.send(json);
  } else if (typeof print === "function") print("conformance:" + json);
  else console.log("conformance:" + json);
}
