// Functions in objects in objects.
const my = { app: { util: {} } };
my.app.util.run = function () {
  throw new Error("namespace"); /*#1 run*/
};
my.app.start = function start() {
  my.app.util.run(); /*#2 start*/
};
try {
  my.app.start(); /*#3 <top>*/
} catch (e) { report(e); }
