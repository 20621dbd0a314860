package main

import (
	"slices"
	"strings"
	"testing"
)

func TestGlobs(t *testing.T) {
	var g globs
	for _, s := range []string{"/var/log/*.log", "a,b", "gs://logs/{x,y}/[a,b].log,c"} {
		if err := g.Set(s); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"/var/log/*.log", "a", "b", "gs://logs/{x,y}/[a,b].log", "c"}
	if !slices.Equal(g, want) {
		t.Errorf("%q, want %q", g, want)
	}
}

func TestCheck(t *testing.T) {
	whole := func(change func(*job)) *job {
		j := &job{input: globs{"a"}, output: "b"}
		change(j)
		return j
	}
	for _, test := range []struct {
		job  *job
		want string // in the error; "" for none
	}{
		{whole(func(*job) {}), ""},
		{whole(func(j *job) { j.input = nil }), "--input is missing"},
		{whole(func(j *job) { j.output = "" }), "--output is missing"},
		{whole(func(j *job) { j.n = -1 }), "-n -1 is less than none"},
		{whole(func(j *job) { j.scan.Zone = "Mars" }), `"Mars" is no zone`},
		{whole(func(j *job) { j.rules.By = "weak" }), `unknown fingerprint "weak"`},
	} {
		err := test.job.check()
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: error %v, want %q", *test.job, err, test.want)
		}
	}
}
