// Load sends records with stacks of 20 frames, those of browsers and all different, through a collector that runs
// as a program of its own, receives what comes out of it, and tells how fast that was, what it took, and whether
// each record arrived:
//
//	go run ./load -collector ./build/otelcol-stacktrace
//
// With -restart the collector is ended in the middle and started again, while senders try again. The exit status is
// 1 if a record is lost or the collector took more memory than -memory allows.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/stacktrace-go/stacktrace/otelprocessor/integration/internal/load"
)

var (
	program  = flag.String("collector", "", "the collector to run, such as what the builder made")
	config   = flag.String("config", "../examples/browsers.yaml", "its configuration")
	captures = flag.String("captures", "../../testdata/captures/traces.jsonl.gz", "the captures of which stacks are made")
	records  = flag.Int("records", 200_000, "how many records are sent")
	size     = flag.Int("size", 512, "how many of them in a request")
	senders  = flag.Int("senders", 4, "how many requests are under way at once")
	restart  = flag.Bool("restart", false, "end the collector in the middle, and start it again")
	compress = flag.String("compression", "gzip", "how the collector compresses what it sends on: gzip, or none")
	memory   = flag.Float64("memory", 150, "how many MB of memory the collector may take, 0 for any")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run() error {
	if *program == "" {
		return errors.New("-collector: the program to run is missing")
	}
	stacks, err := load.Stacks(*captures)
	if err != nil {
		return err
	}
	arrivals, err := load.Listen(*records)
	if err != nil {
		return err
	}
	defer arrivals.Close()
	address, err := freeAddress()
	if err != nil {
		return err
	}
	unused, err := freeAddress()
	if err != nil {
		return err
	}
	c := &collector{env: append(os.Environ(), "BACKEND="+arrivals.Address, "OTLP_GRPC="+address, "OTLP_HTTP="+unused, "METRICS=none", "COMPRESSION="+*compress)}
	if err := c.start(); err != nil {
		return err
	}
	defer c.end()
	if err := waitFor(address); err != nil {
		return err
	}

	began := time.Now()
	tries, err := send(address, stacks, c)
	if err != nil {
		return err
	}
	for deadline := time.Now().Add(time.Minute); arrivals.Counts().Distinct < *records && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	took := time.Since(began)
	if err := c.end(); err != nil {
		return err
	}
	return tell(arrivals.Counts(), len(stacks), tries, took, c)
}

// tell prints what came of it.
func tell(counts load.Counts, stacks int, tries int64, took time.Duration, c *collector) error {
	cpu := c.cpu.Seconds()
	fmt.Printf("sent      %d records, %d stacks of %d frames, %d in a request, %d requests refused and sent again; compression: %s\n", *records, stacks, load.Frames, *size, tries, *compress)
	fmt.Printf("arrived   %d records, %d of them twice, %d with a fingerprint\n", counts.Records, counts.Records-counts.Distinct, counts.Fingerprinted)
	fmt.Printf("rate      %.0f records a second\n", float64(counts.Distinct)/took.Seconds())
	fmt.Printf("processor %.1f µs for a record, so %.0f records for each second of a core\n", cpu/float64(counts.Distinct)*1e6, float64(counts.Distinct)/cpu)
	fmt.Printf("memory    %.0f MB at most\n", c.memory)
	switch {
	case counts.Distinct != *records:
		return fmt.Errorf("%d records are lost; the collector said:\n%s", *records-counts.Distinct, c.output.Bytes()[max(0, c.output.Len()-4<<10):])
	case *memory > 0 && c.memory > *memory:
		return fmt.Errorf("the collector took %.0f MB, which is more than %.0f", c.memory, *memory)
	}
	return nil
}

// send sends all records, and restarts the collector in the middle if that is asked for. It returns how many
// requests were sent again.
func send(address string, stacks []load.Stack, c *collector) (again int64, err error) {
	var next, tries atomic.Int64
	var once sync.Once
	var restarted sync.WaitGroup
	errs := make(chan error, *senders+1)
	var all sync.WaitGroup
	for range *senders {
		all.Go(func() {
			connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
			if err != nil {
				errs <- err
				return
			}
			defer connection.Close()
			client := plogotlp.NewGRPCClient(connection)
			for {
				first := int(next.Add(int64(*size))) - *size
				if first >= *records {
					return
				}
				if *restart && first >= *records/2 {
					once.Do(func() {
						restarted.Go(func() {
							if err := errors.Join(c.end(), c.start()); err != nil {
								errs <- err
							}
						})
					})
				}
				request := plogotlp.NewExportRequestFromLogs(load.Batch(stacks, first, min(*size, *records-first)))
				for deadline := time.Now().Add(time.Minute); ; {
					if _, err = client.Export(context.Background(), request); err == nil {
						break
					}
					tries.Add(1)
					if time.Now().After(deadline) {
						errs <- err
						return
					}
					time.Sleep(10 * time.Millisecond)
				}
			}
		})
	}
	all.Wait()
	restarted.Wait()
	close(errs)
	return tries.Load(), <-errs
}

// collector is a collector that runs as a program of its own, one after the other if it is started again.
type collector struct {
	env     []string
	command *exec.Cmd
	cpu     time.Duration // that all took
	memory  float64       // in MB, the most that one took
	output  bytes.Buffer  // what it logs
}

func (c *collector) start() error {
	c.command = exec.Command(*program, "--config", *config)
	c.command.Env = c.env
	c.command.Stderr = &c.output
	return c.command.Start()
}

// end ends the collector as a service manager does, and waits until it has passed on what it has.
func (c *collector) end() error {
	if c.command == nil {
		return nil
	}
	command := c.command
	c.command = nil
	c.memory = max(c.memory, mostMemory(command.Process.Pid))
	if err := command.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	if err := command.Wait(); err != nil {
		return fmt.Errorf("%w: %s", err, &c.output)
	}
	c.cpu += command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	return nil
}

// mostMemory returns the most memory that a process has had, in MB. Only Linux tells.
func mostMemory(pid int) float64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	var kilobytes float64
	fmt.Sscan(after, &kilobytes)
	return kilobytes * 1024 / 1e6
}

// freeAddress returns an address on this machine at which nothing listens.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// waitFor waits until something listens at an address.
func waitFor(address string) error {
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		connection, err := net.Dial("tcp", address)
		if err == nil {
			return connection.Close()
		}
		if time.Now().After(deadline) {
			return err
		}
	}
}
