package main
import ("testing";"fmt";"os";"strings";"time";"github.com/stacktrace-go/stacktrace";"github.com/stacktrace-go/stacktrace/internal/corpus")
func TestZZ(t *testing.T){
 all,_:=corpus.Read[capture]("../testdata/captures/traces.jsonl.gz")
 for _,m:=range mixes { if os.Getenv("E")!="" && !strings.Contains(os.Getenv("E"), m.engine) {continue}
  text:=mixedFrames(all,m.engine,m.runtimes,50)
  lines:=strings.Split(text,"\n")
  fmt.Println("=====",m.engine)
  head:=""
  if strings.HasPrefix(lines[0],"Error") {head=lines[0]+"\n"; lines=lines[1:]}
  switch m.engine {case "v8": head+="    at Array.map (<anonymous>)\n"; case "spidermonkey": head+="a/<@http://x/y.js:1:2\n"; case "jsc": head+="global code@http://x/y.js:1:2\n"
   case "hermes": head+="    at f (address at unknown:1:2360)\n"; case "bun": head+="    at f (unknown)\n"; case "quickjs": head+="    at <eval> (<input>:1:1)\n"; case "chakra": head+="   at Global code (/app/x.js:1:2)\n"}
  var fs []stacktrace.Frame
  time1:=func(n int,text string) float64{ best:=1e18; for range 30 { s:=time.Now(); for range 20 { fs,_=stacktrace.AppendFrames(fs[:0],text)}; best=min(best,float64(time.Since(s).Nanoseconds())/20)}; return best/float64(n)}
  for _,l:=range lines { 
   tx:=head+strings.Repeat(l+"\n",50); ns:=time1(51,tx)
   best:=1e18; for range 30 { s:=time.Now(); for range 20 { countLines(tx)}; best=min(best,float64(time.Since(s).Nanoseconds())/20)}
   fmt.Printf("%4.0f %4.1f %s\n",ns,ns/(best/51),l[:min(len(l),110)])
  }
 }
}
